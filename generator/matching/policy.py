"""What a change turns and the policy of a registry in; diagnostics out, of which an error stops the change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..diagnostics import Diagnostic, Location, Severity
from ..records import Settings
from ..records.instance import Matching
from ..registry import path_of
from .aims import REQUEST
from .turns import State, Turn

LAST_HUB, DESIGN_LOST, REQUEST_LOST = "last-hub", "design-lost", "request-lost"
WITHOUT_PLAN, WON = "request-without-plan", "possible-now"
_IGNORE = "ignore"
_SHOWN = 3  # hubs that are named
_AFTER = {
    State.SILENT: "it no longer says how it is made",
    State.IMPOSSIBLE: "some step is left that no hub can do",
}


def policy_of(settings: Settings | None) -> Matching:
    """Return what a registry's settings say, or what holds without them."""
    return settings.matching if settings is not None else Matching()


def of_turns(found: Iterable[Turn], policy: Matching, lead: str = "") -> Iterator[Diagnostic]:
    """Yield what is lost, as heavy as the policy says, and what is won, as notes; `lead` stands before paths."""
    for turn in found:
        is_request = turn.kind == REQUEST
        if turn.is_lost:
            rule, weight = (REQUEST_LOST, policy.request_lost) if is_request else (DESIGN_LOST, policy.design_lost)
            what = "can no longer be met" if is_request else "can no longer be made"
            text = f"`{turn.id}` {what}: {_AFTER[turn.after]}{_changed(turn.hubs)}"
            hint = "see `karakana match --explain`; what a change may turn says `matching` in registry.yaml"
            yield from _weighed(rule, weight, lead + path_of(turn.kind, turn.id), text, hint)
        elif turn.is_won:
            what = "can now be met" if is_request else "can now be made"
            how = "by one hub" if turn.after is State.ALONE else "by several hubs together"
            text = f"`{turn.id}` {what} {how}{_changed(turn.hubs)}"
            yield from _weighed(WON, str(Severity.NOTE), lead + path_of(turn.kind, turn.id), text)


def of_last_hubs(found: Iterable[tuple[str, Sequence[str]]], policy: Matching, lead: str = "") -> Iterator[Diagnostic]:
    """Yield what last hubs that go mean: a text, and the ids of the hubs."""
    for text, hubs in found:
        path = path_of("hub", hubs[0]) if hubs else "registry.yaml"
        yield from _weighed(LAST_HUB, policy.last_hub, lead + path, text, "ask other hubs, or say why in the review")


def of_requests(ids: Iterable[str], policy: Matching, lead: str = "") -> Iterator[Diagnostic]:
    """Yield the open requests that nobody can meet."""
    for id in ids:
        text = f"no hubs can meet `{id}`, be it together"
        hint = f"`karakana match {id}` says who comes closest"
        yield from _weighed(WITHOUT_PLAN, policy.request_without_plan, lead + path_of(REQUEST, id), text, hint)


def is_asked(policy: Matching) -> bool:
    """Tell whether it matters to a registry which open requests nobody can meet: to find out, all hubs are asked."""
    return policy.request_without_plan != _IGNORE


def _weighed(rule: str, weight: str, path: str, text: str, hint: str = "") -> Iterator[Diagnostic]:
    if weight != _IGNORE:
        yield Diagnostic(rule=rule, severity=Severity(weight), location=Location(path), message=text, hint=hint)


def _changed(hubs: Sequence[str]) -> str:
    if not hubs:
        return ""
    more = f" and {len(hubs) - _SHOWN} more" if len(hubs) > _SHOWN else ""
    return f" (changed here: {', '.join(hubs[:_SHOWN])}{more})"
