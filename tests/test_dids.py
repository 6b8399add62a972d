"""What other programs read to check a hub's signatures: keys, issuer, status list; and private keys, wherever."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from generator import documents, multikey, registry, signatures
from generator.passports import contexts, statuses
from generator.publish import dids, edition, files, strings
from generator.records import Hub
from generator.records.hub import HubKey

ROOT = Path(__file__).parent.parent
HUB, DAY = "gh/key-house", date(2026, 6, 30)
SIGNER, SECOND = signatures.signer(bytes(range(32))), signatures.signer(bytes(32))
RECORD = f"""\
name:
  en: Key House
  fr: Maison des clés
kind: makerspace
location:
  locality: Tamale
  latitude: 9.41
  longitude: -0.8393
website: https://key-house.example/
contact:
  email: hello@key-house.example
stewards:
  - github: key-house
keys:
  - public_key: {SIGNER.public_key}
    valid_from: 2026-02-01
verified:
  on: 2026-05-01
  how: self
"""


def made(folder: Path) -> edition.Edition:
    shutil.copytree(ROOT / "tests" / "mini" / "registry", folder, dirs_exist_ok=True)
    (folder / "hubs" / f"{HUB}.yaml").write_text(RECORD, encoding="utf-8")
    known = registry.load(folder, as_of=DAY)
    assert [one for one in known.diagnostics if "key-house" in one.location.path] == []
    assert known.settings is not None
    words = strings.read(ROOT / "site" / "strings", "en")
    return edition.Edition(known, known.settings, words, edition.Relations(known))


def published(folder: Path) -> dict[str, bytes]:
    return {one.path: one.content for one in dids.signing(made(folder))}


def hub(*keys: HubKey, folder: Path) -> Hub:
    found = made(folder).registry.get(Hub, HUB)
    assert found is not None
    return replace(found, keys=keys)


def address_of(did: str) -> str:
    """Return where a did:web is looked up, as the method's specification says (W3C CCG, did:web, section 3.2)."""
    host, *path = did.removeprefix("did:web:").split(":")
    return f"https://{host.replace('%3A', ':')}/{'/'.join(path)}/did.json"


def test_a_did_leads_to_its_document(tmp_path: Path) -> None:
    found = published(tmp_path)
    assert sorted(found) == [f"hubs/{HUB}/did.json", f"hubs/{HUB}/issuer.json"], "and none of a hub without keys"
    document = json.loads(found[f"hubs/{HUB}/did.json"])
    site = made(tmp_path).settings.url
    assert address_of(document["id"]) == f"{site.rstrip('/')}/hubs/{HUB}/did.json"
    method = document["verificationMethod"][0]
    assert method["id"] == signatures.method_of(site, HUB, SIGNER.public_key)
    assert document["assertionMethod"] == [method["id"]]
    assert method == {
        "id": method["id"], "type": "Multikey", "controller": document["id"], "publicKeyMultibase": SIGNER.public_key,
    }  # fmt: skip


def test_a_did_with_a_port() -> None:
    did = dids.did_of("http://localhost:8000/", HUB)
    assert address_of(did) == f"https://localhost:8000/hubs/{HUB}/did.json"


def test_keys_out_of_use_are_marked(tmp_path: Path) -> None:
    base = HubKey(public_key=SIGNER.public_key, valid_from=date(2026, 1, 1))
    shown = hub(
        replace(base, valid_until=date(2026, 2, 1)),
        replace(base, public_key=SECOND.public_key, revoked_on=date(2026, 3, 5)),
        replace(base, public_key="z6Mkstolen", revoked_on=date(2026, 3, 9), compromised_since=date(2026, 3, 2)),
        folder=tmp_path,
    )
    document = dids.document("https://registry.example/", shown)
    expired, revoked, stolen = document["verificationMethod"]
    assert (expired["expires"], "revoked" in expired) == ("2026-02-01T23:59:59Z", False)
    assert revoked["revoked"] == "2026-03-05T00:00:00Z"
    assert stolen["revoked"] == "2026-03-02T00:00:00Z"
    assert document["assertionMethod"] == [expired["id"], revoked["id"]]


def test_the_profile_is_the_issuer_of_credentials(tmp_path: Path) -> None:
    found = json.loads(published(tmp_path)[f"hubs/{HUB}/issuer.json"])
    site = made(tmp_path).settings.url
    assert found["id"] == statuses.unsigned(site, HUB, (), datetime(2026, 6, 1, tzinfo=UTC))["issuer"]
    assert (found["type"], found["name"]) == (["Profile"], "Key House")
    assert found["url"] == f"{site.rstrip('/')}/hubs/{HUB}/"
    assert found["address"] == {"type": ["Address"], "addressCountryCode": "GH", "addressLocality": "Tamale"}
    assert "hello@" not in json.dumps(found)


def test_a_status_list_is_published_byte_for_byte(tmp_path: Path) -> None:
    site = made(tmp_path).settings.url
    unsigned = statuses.unsigned(site, HUB, (7,), datetime(2026, 6, 1, tzinfo=UTC))
    source = json.dumps(statuses.signed(unsigned, SIGNER, HUB, site)).encode()
    file = tmp_path / statuses.path_of(HUB)
    file.parent.mkdir(parents=True)
    file.write_bytes(source)
    assert published(tmp_path)[statuses.path_of(HUB)] == source
    assert registry.load(tmp_path, as_of=DAY).diagnostics == ()
    for other in (b"{}", source.replace(b"key-house", b"wood-house"), b" " * 200_000):
        file.write_bytes(other)
        assert statuses.path_of(HUB) not in published(tmp_path)


def test_only_status_lists_lie_in_their_folder(tmp_path: Path) -> None:
    made(tmp_path)
    for name in ("gh/key-house.yaml", "key-house.json", "gh/x/y.json", "gh/Key.json"):
        (tmp_path / "statuses" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "statuses" / name).write_text("{}")
    found = registry.load(tmp_path, as_of=DAY).diagnostics
    misplaced = ("key-house.json", "gh/Key.json", "gh/key-house.yaml", "gh/x/y.json")
    assert [(one.rule, one.location.path) for one in found] == [
        ("misplaced-file", f"statuses/{one}") for one in misplaced
    ]


def test_every_form_of_file_has_a_page() -> None:
    known = {one.name: files.shown(one.path) for one in files.known(())}
    assert known["did-json"] == "hubs/<country>/<hub>/did.json"
    assert known["issuer-json"] == "hubs/<country>/<hub>/issuer.json"
    assert known["status-json"] == "statuses/<country>/<hub>.json"


SECRET = multikey.to_base58(b"\x80\x26" + bytes(range(32)))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("-----BEGIN PRIVATE KEY-----", "PEM"),
        ("-----BEGIN ENCRYPTED PRIVATE KEY-----", "PEM"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----", "PEM"),
        ("-----BEGIN PGP PRIVATE KEY BLOCK-----", "PEM"),
        ("MC4CAQAwBQYDK2VwBCIEIAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBka", "PKCS#8"),
        (SECRET, "multikey"),
        (f'"secretKeyMultibase":"{SECRET}"', "multikey"),
        ('{"kty":"OKP","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}', "JWK"),
        ("{'d': 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A', 'kty': 'OKP'}", "JWK"),
        ("kty: OKP\nd: nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A", "JWK"),
        (SIGNER.public_key, ""),
        (SECRET[:-1], ""),
        ("a" + SECRET, ""),
        ('{"kty":"OKP","x":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}', ""),
        ("keep the ENCRYPTED PRIVATE KEY at home", ""),
    ],
)
def test_a_private_key_is_found_in_any_text(text: str, kind: str) -> None:
    found = documents.private_keys(f"first line\n{text}\n".encode())
    assert [one.kind for one in found] == ([kind] if kind else [])
    assert all(SECRET not in documents.told(one) for one in found)


@pytest.mark.parametrize("name", ["README.md", "notes.txt", ".env", "key.pem", "hubs/gh/.key", "hubs/key.pem"])
def test_a_private_key_is_found_in_any_file(tmp_path: Path, name: str) -> None:
    made(tmp_path)
    (tmp_path / name).write_bytes(signatures.sealed(SIGNER, b"a long passphrase"))
    found: Any = registry.load(tmp_path, as_of=DAY).diagnostics
    assert [(one.rule, one.location.path) for one in found] == [("private-key-material", name)]
    assert "line 1" in found[0].message
    assert "public key" in found[0].hint


def test_the_context_lies_where_its_name_says() -> None:
    (found,) = dids.context()
    assert contexts.OURS.endswith(f"/{found.path}")
    assert json.loads(found.content)["@context"]
