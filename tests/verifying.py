"""A folder in; the site of a small registry whose hubs have keys and status lists, and passports to show it, out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from generator import mkdocs_hook, publish, registry, signatures
from generator.passports import packing, statuses
from generator.passports.issuing import Award, issued
from generator.passports.reading import Carried
from generator.records import Competence, Hub
from generator.signatures import Signer
from tests.passport_samples import HOLDER, NOW, OTHER, SIGNER

ROOT = Path(__file__).parent.parent
DAY = "2026-11-22T12:00:00Z"
HUB, OTHER_HUB, STALE_HUB = "gh/tamale-open-workshop", "ke/nakuru-repair", "ke/demo-lakeside"
REVOKED, GOOD = 77, 4711
STALE = signatures.signer(b"s" * 32)
SIGNERS: Mapping[str, Signer] = {HUB: SIGNER, OTHER_HUB: OTHER, STALE_HUB: STALE}
_LISTED = {HUB: datetime(2026, 11, 17, tzinfo=UTC), STALE_HUB: datetime(2026, 9, 1, tzinfo=UTC)}
_RULE = """\
decision: accept
issuers: [ke/demo-lakeside]
competence: laser-operation
valid_from: 2026-01-01
"""


@dataclass(frozen=True)
class World:
    """A site in a folder, and the registry that it was made from."""

    known: registry.Registry
    site: Path
    ids: list[int] = field(default_factory=lambda: [0])

    @property
    def url(self) -> str:
        """What the registry says that its site is called."""
        assert self.known.settings is not None
        return self.known.settings.url.rstrip("/") + "/"

    def credential(self, hub: str = HUB, **changes: Any) -> dict[str, Any]:
        """Return a good credential of a hub with other terms."""
        self.ids[0] += 1
        found_hub, competence = self.known.get(Hub, hub), self.known.get(Competence, "laser-operation")
        assert found_hub is not None
        assert competence is not None
        award = {
            "id": f"urn:uuid:8a2f8f2e-2d60-4b4d-9a5e-{self.ids[0]:012x}", "hub": found_hub, "competence": competence,
            "holder": HOLDER, "level": 2, "assessed_on": date(2026, 11, 18), "valid_from": NOW,
            "valid_until": datetime(2028, 11, 20, tzinfo=UTC), "status_index": GOOD, "note": "", "name": "Adjoa N.",
        }  # fmt: skip
        found = issued(Award(**{**award, **changes}), self.url, SIGNERS[hub], NOW)
        assert isinstance(found, Carried), found
        return dict(found.document)

    def card(self, **changes: Any) -> str:
        """Return what follows the # in the address on a card."""
        return f"{packing.VERSION}.{packing.pack(self.credential(**changes))}"


def passport(documents: Iterable[Mapping[str, Any]]) -> str:
    """Return the file in which one holder carries several credentials."""
    found = list(documents)
    return json.dumps({
        "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"],
        "holder": found[0]["credentialSubject"]["id"], "verifiableCredential": found,
    })  # fmt: skip


def world(folder: Path) -> World:
    """Build the site in English and Arabic. One hub has a list that is fresh, one an old one, and one none."""
    records = folder / "registry"
    shutil.copytree(ROOT / "tests/mini/registry", records)
    settings = records / "registry.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("languages: [en]", "languages: [en, ar]"))
    for hub, signer in SIGNERS.items():
        with (records / f"hubs/{hub}.yaml").open("a", encoding="utf-8") as file:
            file.write(f"keys:\n  - public_key: {signer.public_key}\n    valid_from: 2026-01-01\n")
    (records / "recognitions" / HUB).mkdir(parents=True)
    (records / "recognitions" / HUB / "lakeside.yaml").write_text(_RULE, encoding="utf-8")
    for hub, moment in _LISTED.items():
        path = records / statuses.path_of(hub)
        path.parent.mkdir(parents=True)
        path.write_bytes(_list(hub, moment))
    known = registry.load(records, as_of=date(2026, 11, 20))
    engine = partial(mkdocs_hook.build, ROOT / "mkdocs.yml")
    publish.build(known, sources=ROOT / "site", engine=engine, output=folder / "site")
    return World(known, folder / "site")


def _list(hub: str, moment: datetime) -> bytes:
    url = "https://mini.example/registry/"
    document = statuses.unsigned(url, hub, (REVOKED,), moment, 30)
    proof = signatures.sign_for(document, SIGNERS[hub], hub, url, document["validFrom"])
    return json.dumps({**document, "proof": [proof]}).encode()
