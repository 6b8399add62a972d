"""This instance: its settings are there, and its exceptions mean something."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from .. import words
from ..diagnostics import Finding, Place, Severity
from ..records import BY_FOLDER, Exceptions, Settings
from ..registry import Registry
from .check import Check, check


@check(Severity.ERROR)
def missing_settings(registry: Registry) -> Iterator[Finding]:
    """The registry has no `registry.yaml`.

    It says what this registry is called, where it is published, in which languages and under which licences.
    Without it no site can be built.
    """
    if not registry.knows(Settings, Settings.record_kind):
        hint = "write registry.yaml with name, url, languages and licences"
        yield Finding(Place("registry.yaml"), "registry.yaml is missing", hint)


@check(Severity.WARNING)
def passports_not_there(registry: Registry) -> Iterator[Finding]:
    """The folder in which the passports are kept is not there.

    `passports` in `registry.yaml` names it, as seen from the folder that holds `registry/`: `../passports` lies
    beside this repository. Without it everything else is checked and built, and no passport is. Clone the
    repository of the passports to that place, or take the setting out.
    """
    settings = registry.settings
    if settings is not None and settings.passports and not registry.elsewhere.is_there:
        text = f"there is no folder `{settings.passports}`, so no passport is read"
        yield Finding(settings.at("passports"), text, "clone the passports there, or take the setting out")


def rule_check(known: Collection[str]) -> Check:
    """Return the check that exceptions name rules among `known`, the ids of all other checks."""
    names = {*known, "unknown-rule-in-exception"}

    @check(Severity.ERROR)
    def unknown_rule_in_exception(registry: Registry) -> Iterator[Finding]:
        """An exception names a rule that no check has.

        The rule may be misspelt, or have a new name. What is wrong with a file as such (its YAML, its keys)
        cannot be excepted.
        """
        for exceptions in registry.each(Exceptions):
            for at, one in enumerate(exceptions.exceptions):
                if one.rule not in names:
                    near = words.closest(one.rule, names)
                    hint = f"did you mean `{near}`?" if near else "see `karakana explain`"
                    yield Finding(exceptions.at("exceptions", at, "rule"), f"no check is called `{one.rule}`", hint)

    return unknown_rule_in_exception


@check(Severity.ERROR)
def unknown_record_in_exception(registry: Registry) -> Iterator[Finding]:
    """An exception is for a record that is not there.

    `record` is the path of the file below `registry`, without `.yaml`: `hubs/gh/kumasi-hive`. A record that
    was removed or renamed needs its exception no more.
    """
    if registry.exceptions is None:
        return
    for at, one in enumerate(registry.exceptions.exceptions):
        folder, _, id = one.record.partition("/")
        kind = BY_FOLDER.get(folder)
        if kind is None or not registry.knows(kind, id):
            near = words.closest(one.record, (f"{folder}/{known}" for known in registry.ids(kind))) if kind else ""
            hint = f"did you mean `{near}`?" if near else "take the exception away, or correct the path"
            place = registry.exceptions.at("exceptions", at, "record")
            yield Finding(place, f"no record lies at `{one.record}`", hint)


@check(Severity.WARNING)
def expired_exception(registry: Registry) -> Iterator[Finding]:
    """An exception has run out.

    From that day on the rule holds again. Take the exception away, or look again whether its reason still
    holds and give it a new day.
    """
    for exceptions in registry.each(Exceptions):
        for at, one in enumerate(exceptions.exceptions):
            if one.until < registry.as_of:
                message = f"the exception from {one.rule} for `{one.record}` ran out on {one.until}"
                yield Finding(exceptions.at("exceptions", at, "until"), message, "take it away, or give it a new day")
