"""A filled contract's folder as data in; its manifest signed, or what in it holds and who has not signed, out.

The manifest is signed, and nothing else: it holds the hash of everything else. Each party adds one proof to its set, in
any order. Keys come from the registry's hubs, never from the manifest; who has no hub signs with the key that the
contract names. That the texts are what the template and the values give is found by filling it in again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .. import signatures
from ..signatures import Keys, Signer
from . import refilling
from .manifest import FORMAT, checksum, normal

Manifest = Mapping[str, Any]
_MEMBERS: Mapping[str, tuple[str, ...]] = {
    "format": (), "template": ("id", "sha256"), "parameters": ("sha256",), "texts": ("sha256",),
    "prevailing_language": (), "proof": (),
}  # fmt: skip


class SigningError(ValueError):
    """The manifest cannot be signed; the message says why."""


class Signatory(NamedTuple):
    """A party of the contract: its name, its hub, and what it is in it.

    Without a hub it is `did:key:…`, after the key that the contract names, or "" when it signs on paper.
    """

    name: str
    hub: str
    roles: tuple[str, ...]


class Contents(NamedTuple):
    """What lies in a contract's folder, and the template's plain data: of the registry, and the copy in the folder.

    Either is None where it is not there.
    """

    manifest: Manifest
    parameters: Any
    texts: Mapping[str, bytes]  # by language
    template: Any = None
    copy: Any = None


class Part(NamedTuple):
    """A part of the contract, and what is wrong with it ("" when it is as it was)."""

    name: str
    fault: str


class Signature(NamedTuple):
    """A party's signature: `signed`, `missing`, `invalid` or `on paper`, and why."""

    party: Signatory
    state: str
    why: str = ""


class Verdict(NamedTuple):
    """What holds of a contract: its parts, each party's signature, and proofs of others than its parties."""

    parts: tuple[Part, ...]
    signatures: tuple[Signature, ...]
    strangers: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was changed and no signature is false."""
        bad = any(part.fault for part in self.parts) or any(one.state == "invalid" for one in self.signatures)
        return not bad and not self.strangers

    @property
    def is_signed(self) -> bool:
        """Whether every party that has a hub has signed."""
        return self.is_whole and all(one.state in ("signed", "on paper") for one in self.signatures)


def signatories(contents: Contents) -> tuple[Signatory, ...]:
    """Return the parties among a contract's values, each once, in the order of the roles that they first hold.

    The template says which values are parties: its copy in the folder, whose hash is checked, else the registry's.
    """
    parameters, named = contents.parameters, _party_roles(contents.copy or contents.template)
    if not isinstance(parameters, Mapping):
        return ()
    roles: dict[tuple[str, str], list[str]] = {}
    for name, role in sorted((name, role) for name, role in named.items() if name in parameters):
        value = parameters[name]
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Mapping) and isinstance(one.get("name"), str):
                roles.setdefault((str(one["name"]), party_id(one)), []).append(role)
    return tuple(Signatory(name, hub, tuple(dict.fromkeys(held))) for (name, hub), held in roles.items())


def party_id(party: Mapping[str, Any]) -> str:
    """Return by what a party signs: its hub, `did:key:…` after its own key, or "" when it signs on paper."""
    own = f"{signatures.OWN_KEY}{party['key']}" if party.get("key") else ""
    return str(party.get("hub", "")) or own


def _party_roles(template: Any) -> dict[str, str]:
    """Return the parameters of a template that take parties, each with the role of who stands there."""
    given = template.get("parameters") if isinstance(template, Mapping) else None
    known = (one for one in given if isinstance(one, Mapping)) if isinstance(given, list) else ()
    parties = [one for one in known if one.get("type") == "party"]
    return {str(one.get("name")): str(one.get("role") or one.get("name")) for one in parties}


def bare_digest(manifest: Manifest) -> str:
    """Return the hash of a manifest without its proofs, by which an order names its contract."""
    return signatures.digest(signatures.bare(manifest))


def signed(manifest: Manifest, signer: Signer, hub: str, address: str, at: str) -> dict[str, Any]:
    """Return the manifest with a hub's proof in its set; `address` is that of the registry's site."""
    if manifest.get("format") != FORMAT:
        raise SigningError(f"it is no manifest of the form `{FORMAT}`")
    if hub in signatures.spoken_for(manifest):
        raise SigningError(f"`{hub}` has signed it already")
    return signatures.with_proof(manifest, signatures.sign_for(manifest, signer, hub, address, at))


def verified(contents: Contents, keys: Keys) -> Verdict:
    """Return what holds of a contract, with every fault."""
    parties = signatories(contents)
    hubs = {one.hub for one in parties if one.hub}
    signers = signatures.spoken_for(contents.manifest)
    strangers = tuple(dict.fromkeys(hub or "nobody" for hub in signers if hub not in hubs))
    found = tuple(_signature(contents.manifest, one, keys) for one in parties)
    return Verdict(tuple(_parts(contents)), found, strangers)


def _parts(contents: Contents) -> Iterator[Part]:
    manifest = contents.manifest
    if manifest.get("format") != FORMAT:
        yield Part("manifest", f"it is no manifest of the form `{FORMAT}`")
        return
    if more := tuple(_unknown(manifest)):
        yield Part("manifest", f"it holds `{more[0][:60]}`, which no contract has: who signs it would sign that, too")
    template, texts = _mapping(manifest, "template"), _mapping(manifest, "texts")
    name = f"template {template.get('id')}"
    if contents.template is None and contents.copy is None:
        yield Part(name, "it is not in this registry, and no copy of it lies here")
    whole = []
    for called, data in ((name, contents.template), ("copy of the template", contents.copy)):
        if data is not None:
            wrong = _changed(template, signatures.canonical(data))
            whole += [data] if not wrong and isinstance(data, Mapping) else []
            yield Part(called, wrong)
    yield Part("parameters", _changed(_mapping(manifest, "parameters"), signatures.canonical(contents.parameters)))
    for language in sorted({*texts, *contents.texts}):
        yield Part(f"text in {language}", _text_fault(texts.get(language), contents.texts.get(language)))
    if not texts:
        yield Part("texts", "the manifest names none")
    yield from _filled_again(contents, whole[0]) if whole else ()


def _filled_again(contents: Contents, found: Mapping[str, Any]) -> Iterator[Part]:
    """Yield what differs from what the template makes of the values, of a template that is the manifest's."""
    template = _mapping(contents.manifest, "template")
    prevailing = contents.manifest.get("prevailing_language")
    if prevailing != found.get("prevailing_language"):
        yield Part("prevailing language", f"it is `{prevailing}`, and the template's is another")
    elif prevailing not in _mapping(contents.manifest, "texts"):
        yield Part(f"text in {prevailing}", "the language that prevails is missing from the manifest")
    for name, fault in refilling.differences(str(template.get("id")), found, contents.parameters, contents.texts):
        yield Part(name, fault)


def _unknown(manifest: Manifest) -> Iterator[str]:
    """Yield what stands in a manifest, at any place, and is no member of it."""
    for name, value in manifest.items():
        if name not in _MEMBERS:
            yield str(name)
        parts = value if name == "texts" and isinstance(value, Mapping) else {name: value}
        for part, sums in parts.items():
            if isinstance(sums, Mapping) and name != "proof":
                yield from (f"{part}.{one}" for one in sums if one not in _MEMBERS.get(name, ()))


def _mapping(manifest: Manifest, name: str) -> Mapping[str, Any]:
    found = manifest.get(name)
    return found if isinstance(found, Mapping) else {}


def _text_fault(said: Any, source: bytes | None) -> str:
    if said is None:
        return "the manifest does not name it"
    if source is None:
        return "its file is missing"
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError:
        return "it is not UTF-8"
    return _changed(said, normal(text).encode())


def _changed(said: Any, content: bytes) -> str:
    same = isinstance(said, Mapping) and said.get("sha256") == checksum(content)
    return "" if same else "it is not the one that the manifest was made of: it was changed"


def _signature(manifest: Manifest, party: Signatory, keys: Keys) -> Signature:
    if not party.hub:
        return Signature(party, "on paper", "it has no hub in the registry, and the contract names no key of its own")
    proofs = [one for one in signatures.proofs_of(manifest) if signatures.signed_by(one)[0] == party.hub]
    if not proofs:
        return Signature(party, "missing")
    faults = [signatures.fault_of(manifest, one, party.hub, keys) for one in proofs]
    wrong = next(filter(None, faults), "") or (f"it stands {len(proofs)} times" if len(proofs) > 1 else "")
    return Signature(party, "invalid", wrong) if wrong else Signature(party, "signed", str(proofs[0]["created"]))
