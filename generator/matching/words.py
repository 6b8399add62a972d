"""A check in; what it says, in English, out: the one place that turns rules and reasons into words.

Every rule with every reason that the core gives for it stands here, and a test compares. The site's strings have the
same pairs as keys: `match.<rule>.<reason>`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..units import measured
from .values import Check, Verdict

# {asked} and {found} are values as people read them; a pair with {found} is used only when something was found.
_WORDS: Mapping[tuple[str, str], str] = {
    ("process", "exact"): "does {asked}",
    ("process", "narrower"): "does {found}, a kind of {asked}",
    ("process", "broader"): "says only {found}: ask whether that includes {asked}",
    ("process", "substitute"): "instead of {asked}, perhaps {found}",
    ("process", "other"): "does not do {asked}",
    ("material", "exact"): "works {asked}",
    ("material", "narrower"): "works {found}, a kind of {asked}",
    ("material", "broader"): "says only {found}: ask for {asked}",
    ("material", "other"): "material {asked} needed, {found} listed",
    ("material", "silent"): "materials not stated: ask for {asked}",
    ("material", "claimed"): "names no machine: ask for {asked}",
    ("form", "exact"): "takes {asked}",
    ("form", "near"): "takes {found}: ask for {asked}",
    ("form", "other"): "form {asked} needed, {found} listed",
    ("form", "silent"): "form of the material not stated: ask for {asked}",
    ("form", "claimed"): "names no machine: ask for {asked}",
    ("thickness", "enough"): "thickness {asked} within {found}",
    ("thickness", "too-thick"): "thickness {asked} needed, {found} possible",
    ("thickness", "too-thin"): "thickness {asked} needed, {found} possible",
    ("thickness", "silent"): "thickness not stated: ask for {asked}",
    ("thickness", "claimed"): "names no machine: ask for a thickness of {asked}",
    ("envelope", "enough"): "{asked} fits into {found}",
    ("envelope", "too-small"): "room for {asked} needed, {found} available",
    ("envelope", "silent"): "size not stated: ask whether {asked} fits",
    ("envelope", "claimed"): "names no machine: ask whether {asked} fits",
    ("tolerance", "enough"): "tolerance {asked} kept: {found}",
    ("tolerance", "too-coarse"): "tolerance {asked} needed, {found} kept",
    ("tolerance", "silent"): "tolerance not stated: ask for {asked}",
    ("tolerance", "claimed"): "names no machine: ask for a tolerance of {asked}",
    ("tolerance", "no-number"): "no number stands behind {asked} for this size: ask",
    ("features", "enough"): "has {found}",
    ("features", "other"): "{asked} needed, {found} available",
    ("features", "silent"): "{asked} needed, and not stated: ask",
    ("features", "claimed"): "names no machine: ask for {asked}",
    ("status", "working"): "the machine works",
    ("status", "limited"): "the machine works with limits: ask which",
    ("status", "broken"): "the machine is broken",
    ("capacity", "enough"): "{asked} wanted, done in {found}",
    ("capacity", "too-late"): "{asked} wanted, {found}",
    ("capacity", "too-slow"): "{asked} wanted, it takes {found}",
    ("capacity", "silent"): "speed or lead time not stated: ask for {asked}",
    ("capacity", "claimed"): "names no machine: ask for {asked}",
    ("lot", "enough"): "{asked} wanted, takes on {found} or more",
    ("lot", "too-few"): "{asked} wanted, takes on {found} or more",
    ("lot", "not-one"): "takes on {found} or more: say how many, or ask for {asked}",
    ("open", "active"): "the hub is open",
    ("open", "paused"): "the hub is paused",
    ("open", "planned"): "the hub is only planned",
    ("access", "made-to-order"): "makes things for others",
    ("access", "exact"): "access: {found}",
    ("access", "closed"): "access is {found}, and nothing is made for others",
    ("access", "silent"): "not stated who may use it: ask",
    ("contract", "exact"): "accepts {asked}",
    ("contract", "other"): "contract {asked} needed, {found} accepted",
    ("contract", "silent"): "contracts not stated: ask for {asked}",
    ("distance", "enough"): "{found} away, within {asked}",
    ("distance", "too-far"): "{found} away, {asked} asked: only a wider search reaches it",
    ("distance", "silent"): "no coordinates: ask whether it is within {asked}",
    ("distance", "no-place"): "the request has no coordinates: within {asked} cannot be told",
    ("certification", "in-force"): "{asked} is in force",
    ("certification", "edition"): "{found} in force, edition not stated: ask for {asked}",
    ("certification", "expired"): "{asked} needed, held only {found}",
    ("certification", "other"): "{asked} needed, {found} held",
    ("certification", "silent"): "certifications not stated: ask for {asked}",
    ("competence", "operated"): "staff runs the machine ({asked})",
    ("competence", "made-to-order"): "staff makes things for others ({asked})",
    ("competence", "published"): "people with a published passport that counts here for {asked}: {found}; not proved",
    (
        "competence",
        "after-induction",
    ): "people with a published passport that counts here for {asked} after an induction or on another condition: "
    "{found}; ask",
    ("competence", "silent"): "does not say who is competent: ask for {asked}",
    ("licence", "exact"): "{found} allows {asked}",
    ("licence", "non-commercial"): "{found} does not allow {asked}",
    ("licence", "silent"): "no licence stated: ask whether {asked} is allowed",
    ("operations", "silent"): "states no operations: nobody can say that the whole can be made",
    ("operations", "not-understood"): "not understood here: {asked}; so nobody can say that the whole can be made",
}
_FEATURE = re.compile(r"([a-z][a-z0-9_]*): (?:(true|false)\b|(-?\d[\d.]*(?:e[+-]?\d+)?)(?!\w)|)")
REASONS: tuple[tuple[str, str], ...] = tuple(_WORDS)

VERDICTS: Mapping[Verdict, str] = {
    Verdict.YES: "can make it", Verdict.ASK: "ask first", Verdict.ONE_FIX: "one change away",
    Verdict.FIXES: "several changes away", Verdict.TOO_FAR: "too far away", Verdict.NO: "cannot make all of it",
}  # fmt: skip


def told(check: Check) -> str:
    """Return what a check says, as the end of a sentence about its record."""
    asked, found = check.asked, check.found or "nothing else"
    if check.rule == "features":
        asked, found = feature(asked), feature(found)
    elif check.rule == "distance":
        asked, found = _kilometres(asked), _kilometres(found)
    return _WORDS[check.rule, check.reason].format(asked=asked, found=found)


def _kilometres(text: str) -> str:
    number = text.removesuffix(" km")
    return f"{float(number):,g} km" if number != text else text


def feature(facts: str) -> str:
    """Return features, which checks name as `nozzle_mm: 0.4`, as people read them: nozzle 0.4 mm."""
    return _FEATURE.sub(_as_said, facts)


def _as_said(found: re.Match[str]) -> str:
    key, truth, number = found[1], found[2], found[3]
    if truth:
        return f"{'no ' if truth == 'false' else ''}{key.replace('_', ' ')}"
    name, unit = measured(key)
    return " ".join(filter(None, (name, number, unit))) if number else f"{key.replace('_', ' ')} "
