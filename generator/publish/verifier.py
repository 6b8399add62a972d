"""An edition in; the page that checks passports in the browser (site/app/verify.entry.ts) and its words out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..artifacts import Artifact
from ..passports import packing, presentation
from ..passports.presentation import Passport
from ..passports.reading import Carried
from ..records import Competence, Hub
from . import dids
from .edition import Edition
from .page import Item, Page, Section

PATH = packing.PAGE
DICTIONARY = f"assets/passports/dictionary-{packing.VERSION}.txt"
EXAMPLE = "assets/passports/example.json"
_EXAMPLE = Path(__file__).parent.parent / "data" / "passports" / "example.json"
_OWN, _CODES, _BASIS = "verify.", "passport.code.", "passport.basis."
_STEPS = ("form", "issuer", "key", "signature", "dates", "status")
_SHARED = {
    "country": "country", "hub": "hub", "level": "level", "level_named": "level.named", "failed": "explore.failed",
    "until": "fact.until", "assessed": "fact.assessed", "basis": "fact.basis", "note": "fact.note",
}  # fmt: skip


def verifier(edition: Edition) -> Page:
    """Return the page; what it looks at is told below, also to who has no script."""
    strings = edition.strings
    steps = tuple(Item(strings(f"verify.step.{one}"), note=strings(f"verify.about.{one}")) for one in _STEPS)
    guides = tuple(
        Item(strings(f"nav.{key}"), page=page)
        for key, page in (
            ("carry_passport", "carry-passport/"), ("issue_passports", "issue-passports/"), ("security", "security/"),
        )
    )  # fmt: skip
    data = (
        ("words", _words(edition)), ("competences", _competences(edition)), ("countries", _countries(edition)),
        ("example", EXAMPLE if example(edition) else ""),
    )  # fmt: skip
    return Page(
        path=PATH,
        title=strings("verify"),
        description=strings("verify.lead"),
        lead=strings("verify.lead"),
        sections=(
            Section("", id="words", data=data),
            Section(strings("verify.steps"), id="steps", items=steps),
            Section(strings("nav.guides"), id="guides", items=guides, style="tags"),
        ),
    )


def supplies(edition: Edition) -> Iterator[Artifact]:
    """Yield by what the code on a card is unpacked, and a passport to try the page with."""
    yield Artifact(DICTIONARY, packing.dictionary())
    if source := example(edition):
        yield Artifact(EXAMPLE, source)


def example(edition: Edition) -> bytes:
    """Return the passport that comes with the package where invented hubs of this registry signed it, else nothing."""
    source = _EXAMPLE.read_bytes()
    passport = presentation.opened(source)
    carried = passport.credentials if isinstance(passport, Passport) else ()
    return source if carried and all(_is_ours(edition, one) for one in carried) else b""


def _is_ours(edition: Edition, one: Carried) -> bool:
    hub = edition.registry.get(Hub, one.claim.issuer)
    issuer = one.document["issuer"]["id"]
    return hub is not None and hub.demonstration and issuer == dids.did_of(edition.settings.url, hub.id)


def _words(edition: Edition) -> str:
    texts = edition.strings.texts
    found = {name: texts[key] for name, key in _SHARED.items()}
    found |= {key.removeprefix("passport."): text for key, text in texts.items() if key.startswith((_CODES, _BASIS))}
    own = {key.removeprefix(_OWN): text for key, text in texts.items() if key.startswith(_OWN)}
    return _json(found | {key: text for key, text in own.items() if not key.startswith(("about.", "lead", "noscript"))})


def _competences(edition: Edition) -> str:
    """Return of each competence its name and those of its levels."""
    return _json({
        one.id: [edition.text(one.labels), {str(level.level): edition.text(level.name) for level in one.levels}]
        for one in edition.registry.all(Competence)
    })  # fmt: skip


def _countries(edition: Edition) -> str:
    codes = edition.crossings.hubs_of_country
    return _json({code: edition.strings.country(code) for code in sorted(codes)})


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
