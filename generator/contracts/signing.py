"""A filled contract's folder as data in; its manifest signed, or what in it holds and who has not signed, out.

The manifest is signed, and nothing else: it holds the hash of everything else. Each party adds one proof to its set, in
any order. Keys come from the registry's hubs, never from the manifest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .. import signatures
from ..signatures import Keys, Signer
from .manifest import FORMAT, checksum, normal

Manifest = Mapping[str, Any]


class SigningError(ValueError):
    """The manifest cannot be signed; the message says why."""


class Signatory(NamedTuple):
    """A party of the contract: its name, its hub ("" when it has none and signs on paper), and what it is in it."""

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
    parameters, named = contents.parameters, _party_names(contents.copy or contents.template)
    if not isinstance(parameters, Mapping):
        return ()
    roles: dict[tuple[str, str], list[str]] = {}
    for role in sorted(named & parameters.keys()):
        value = parameters[role]
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Mapping) and isinstance(one.get("name"), str):
                roles.setdefault((str(one["name"]), str(one.get("hub", ""))), []).append(role)
    return tuple(Signatory(name, hub, tuple(held)) for (name, hub), held in roles.items())


def _party_names(template: Any) -> frozenset[str]:
    """Return the parameters of a template that take parties."""
    given = template.get("parameters") if isinstance(template, Mapping) else None
    known = (one for one in given if isinstance(one, Mapping)) if isinstance(given, list) else ()
    return frozenset(str(one.get("name")) for one in known if one.get("type") == "party")


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
    template, texts = _mapping(manifest, "template"), _mapping(manifest, "texts")
    name = f"template {template.get('id')}"
    if contents.template is None and contents.copy is None:
        yield Part(name, "it is not in this registry, and no copy of it lies here")
    if contents.template is not None:
        yield Part(name, _changed(template, signatures.canonical(contents.template)))
    if contents.copy is not None:
        yield Part("copy of the template", _changed(template, signatures.canonical(contents.copy)))
    yield Part("parameters", _changed(_mapping(manifest, "parameters"), signatures.canonical(contents.parameters)))
    for language in sorted({*texts, *contents.texts}):
        yield Part(f"text in {language}", _text_fault(texts.get(language), contents.texts.get(language)))
    if not texts:
        yield Part("texts", "the manifest names none")


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
        return Signature(party, "on paper", "it has no hub in the registry, so no key")
    proofs = [one for one in signatures.proofs_of(manifest) if signatures.signed_by(one)[0] == party.hub]
    if not proofs:
        return Signature(party, "missing")
    faults = [signatures.fault_of(manifest, one, party.hub, keys) for one in proofs]
    wrong = next(filter(None, faults), "")
    return Signature(party, "invalid", wrong) if wrong else Signature(party, "signed", str(proofs[0]["created"]))
