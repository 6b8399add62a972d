"""Keys with which hubs sign: that they are keys, whose they are, and what they can have signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .. import multikey
from ..diagnostics import Finding, Severity
from ..records import Hub, Passport
from ..registry import Registry
from .check import check
from .collisions import Claim, collisions


@check(Severity.ERROR)
def bad_key(registry: Registry) -> Iterator[Finding]:
    """A public key cannot be read.

    It looks like an Ed25519 key in multikey form but does not decode to one. A character was lost or changed
    on the way. Copy it again from what `karakana key` printed; never put a private key here.
    """
    for hub in registry.each(Hub):
        for at, key in enumerate(hub.keys):
            try:
                multikey.decode(key.public_key)
            except ValueError as error:
                place = hub.at("keys", at, "public_key")
                yield Finding(place, f"`{key.public_key}` is no Ed25519 key: {error}", "copy the public key again")


@check(Severity.ERROR)
def shared_key(registry: Registry) -> Iterator[Finding]:
    """A key stands in two places.

    What it signs could be of either hub. Each hub makes its own key pair and keeps its private key to itself.
    A key that stands twice at one hub has two periods, and nobody can tell which counts.
    """
    for claim, other in collisions(_keys(registry, {hub.id: hub for hub in registry.each(Hub) if hub.keys})):
        hint = "make a key pair of its own for each hub, and name a key once"
        yield Finding(claim.place, f"key `{claim.value}` stands elsewhere too", hint, ((other.place, "it is here"),))


def _keys(registry: Registry, in_question: Mapping[str, Hub]) -> Iterator[Claim]:
    keys = {key.public_key.lower() for hub in in_question.values() for key in hub.keys}
    for hub in registry.mentioning(Hub, keys):
        for at, key in enumerate(hub.keys):
            place = hub.at("keys", at, "public_key")
            owner = f"{hub.id} {at}"
            yield Claim(value=key.public_key, owner=owner, place=place, in_question=hub.id in in_question)


@check(Severity.WARNING)
def unsignable_credential(registry: Registry) -> Iterator[Finding]:
    """No key of the issuer can have signed a credential.

    The hub that assessed has published keys, and all of them were out of use on the day of the assessment
    and ever after. A credential is signed on that day or later, so this one cannot be checked against any
    key. Look at the dates, or let the hub sign it anew and publish its new key.
    """
    for passport in registry.each(Passport):
        for at, credential in enumerate(passport.credentials if passport.status == "active" else ()):
            issuer = registry.get(Hub, credential.issuer)
            keys = issuer.keys if issuer is not None else ()
            day = credential.assessed_on
            if keys and not any(key.is_in_force(max(day, key.valid_from)) for key in keys):
                text = f"every key of `{credential.issuer}` was out of use on {day}"
                hint = "correct the date, or let the hub publish its new key and sign again"
                yield Finding(passport.at("credentials", at, "assessed_on"), text, hint)
