"""A registry of the story's hubs, their key files and a filled contract in a folder, for tests of orders."""

import json
import shutil
from pathlib import Path
from typing import Any

from generator import contracts, documents, orders, signatures
from generator.cli.order_folders import remember
from generator.contracts import signing
from generator.records import Contract, build
from tests import order_story as story
from tests.contract_samples import sample
from tests.order_story import BUYER, INSPECTOR, JOINER

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "distributed-manufacturing/1"
PASSPHRASE = "correct horse"
HUB = """\
name: {name}
kind: makerspace
demonstration: true
location:
  locality: Somewhere
  precision: city
website: https://{name}.example
keys:
  - public_key: {key}
    valid_from: 2026-01-01
"""


def write_registry(top: Path) -> Path:
    """Write the registry of the story's hubs and their key files; return the registry's folder."""
    registry = top / "work" / "registry"
    (registry / "contracts" / TEMPLATE).parent.mkdir(parents=True)
    (registry / "registry.yaml").write_text("name: Tests\nurl: https://registry.example/\nlanguages: [en]\n")
    shutil.copy(ROOT / "registry" / "contracts" / f"{TEMPLATE}.yaml", registry / "contracts" / f"{TEMPLATE}.yaml")
    for hub, signer in story.SIGNERS.items():
        path = registry / "hubs" / f"{hub}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HUB.format(name=hub.partition("/")[2], key=signer.public_key))
        write_key(top, hub)
    return registry


def write_key(top: Path, party: str) -> None:
    """Write the key file of a party of the story."""
    path = key(top, party)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(signatures.sealed(story.SIGNERS[party], PASSPHRASE.encode()))


def key(here: Path, party: str) -> Path:
    """Return where the key file of a party lies."""
    return here / "keys" / f"{party.replace('/', '-').replace(':', '-')}.pem"


def party(hub: str) -> dict[str, str]:
    return {"name": f"Hub {hub}", "hub": hub, "address": "Somewhere", "country": hub[:2]}


def amount(text: str) -> dict[str, str]:
    return {"amount": text, "currency": "EUR"}


PARAMETERS: dict[str, Any] = {
    **sample("distributed-manufacturing/1"),
    "initiator": party(BUYER),
    "manufacturers": [party(hub) for hub in story.MAKERS],
    "quantities": [15, 15, 10],
    "lot_contents": ["stools"] * 3,
    "inspector": party(INSPECTOR),
    "recipient": party(BUYER),
    "payer": party(BUYER),
    "producer": party(BUYER),
    "design": {"name": "Stool", "id": "precious-hocker"},
    "total_quantity": 40,
    "sample_sizes": [5, 5, 5],
    "accept_numbers": [0, 0, 0],
    "prototype_due": "2027-01-15",
    "delivery_due": "2027-03-01",
    "inspection_period": "P1W",
    "rework_rounds": 2,
    "total_price": amount("400.01"),
    "advance_payments": [amount("0.1"), amount("0.2"), amount("0.3")],
    "prototype_payments": [amount("49.9"), amount("49.8"), amount("49.71")],
    "final_payments": [amount("100"), amount("100"), amount("50")],
}


def write_log(folder: Path, told: list[story.Told]) -> None:
    """Write the log of an order with some steps, as `karakana order advance` does, and remember its end."""
    found = orders.read_terms((folder / orders.FILE).read_bytes())
    entries = story.written(story.actions(told), found.sha256)
    for name, content in story.files_of(entries).items():
        (folder / "log" / name).write_bytes(content)
    remember(folder, found.sha256, entries[-1].head)


# The contract after the replan of the story: three gives up, and four joins for its ten pieces.
DIVIDED: dict[str, Any] = {
    **PARAMETERS, "manufacturers": [party(hub) for hub in ("gh/one", "ke/two", JOINER)], "quantities": [15, 20, 5],
}  # fmt: skip


def write_contract(folder: Path, registry: Path, parameters: dict[str, Any]) -> None:
    folder.mkdir()
    template = documents.examine((registry / "contracts" / f"{TEMPLATE}.yaml").read_bytes()).data
    filled = [contracts.filled(build(Contract, TEMPLATE, template), parameters, said) for said in ("en", "fr")]
    assert filled[0].problems == ()
    texts = {one.language: contracts.markdown(one) for one in filled}
    manifest = contracts.manifest(TEMPLATE, template, filled[0].parameters, texts, "en")
    for language, text in texts.items():
        (folder / f"contract.{language}.md").write_text(text)
    (folder / "parameters.json").write_bytes(signatures.canonical(filled[0].parameters))
    (folder / "template.json").write_bytes(signatures.canonical(template))
    (folder / "manifest.json").write_bytes(signatures.canonical(manifest))


def sign_contract(folder: Path, *hubs: str) -> None:
    """Sign a contract for hubs of the story, as `karakana contract sign` does."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    for hub in hubs:
        manifest = signing.signed(manifest, story.SIGNERS[hub], hub, story.ADDRESS, "2026-11-22T00:00:00Z")
    (folder / "manifest.json").write_bytes(signatures.canonical(manifest) + b"\n")
