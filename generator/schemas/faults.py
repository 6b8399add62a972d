"""One record's data in; every fault against its schema out, each at its own keys and said once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .. import words
from ..diagnostics import Finding, Key, Place, Rule, Severity, rule
from .reading import at, described, matches, validator

UNKNOWN_KEY = rule(
    "unknown-key",
    Severity.ERROR,
    """A key is not one that this kind of record has.

It may be misspelt, or belong one level up or down. The keys of each kind are on the data page.""",
)
MISSING_KEY = rule(
    "missing-key",
    Severity.ERROR,
    """A key that must be there is missing.

Few keys are: only those without which nobody could find or use the record.""",
)
WRONG_TYPE = rule(
    "wrong-type",
    Severity.ERROR,
    """A value is of the wrong type.

Text where a number belongs, one value where a list belongs, or a key with nothing after it. Leave a
key out when its value is not known.""",
)
WRONG_VALUE = rule(
    "wrong-value",
    Severity.ERROR,
    """A value is not one of those allowed.

The message quotes the value, the hint says what belongs there.""",
)

RULES: tuple[Rule, ...] = (UNKNOWN_KEY, MISSING_KEY, WRONG_TYPE, WRONG_VALUE)
UNEXPLAINED = "the record does not fit its schema"

_TYPE_WORDS = {
    "object": "a mapping of keys",
    "array": "a list",
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "nothing",
}
Keys = tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class _Fault:
    """A fault, and what tells it from one that only follows from another.

    Any of the keys of `lacks` would mend it, `meant` is the place of a misspelt word, and a fault that is
    `vague` need not be told when another is found at its place or within.
    """

    rule: Rule
    keys: Keys
    message: str
    hint: str = ""
    on_key: bool = False
    lacks: frozenset[Keys] = frozenset()
    meant: Keys = ()
    vague: bool = False


def explain(kind: str, path: str, data: Any) -> Iterator[tuple[Rule, Finding]]:
    """Yield every fault of one record's data against its schema, each at its own keys."""
    faults = [fault for error in _explainer(kind).iter_errors(data) for fault in _faults(error)]
    if not faults and not validator(kind)(data):
        faults = [_Fault(WRONG_VALUE, (), UNEXPLAINED, "please report this: the two validators disagree")]
    yield from _told(faults, path)


def explain_value(kind: str, keys: Keys, value: Any) -> Iterator[tuple[Rule, Finding]]:
    """Yield every fault of one value that is meant for `keys` of a record of a kind."""
    errors = _explainer(kind).descend(value, at(kind, keys))
    yield from _told([fault for error in errors for fault in _faults(error)], "")


def explain_published(name: str, path: str, data: Any) -> Iterator[tuple[Rule, Finding]]:
    """Yield every fault of data against a schema of `api/`, each at its own keys."""
    from .explainer import published_explainer  # noqa: PLC0415 as below

    yield from _told([fault for error in published_explainer(name).iter_errors(data) for fault in _faults(error)], path)


def _explainer(kind: str) -> Any:
    from .explainer import explainer  # noqa: PLC0415 jsonschema takes its time, and most runs find no fault

    return explainer(kind)


def _told(faults: Sequence[_Fault], path: str) -> Iterator[tuple[Rule, Finding]]:
    """Yield each fault once, without those that only follow from another."""
    meant = {fault.meant for fault in faults if fault.meant}
    precise = [fault.keys for fault in faults if not fault.vague]
    for fault in dict.fromkeys(faults):
        follows = fault.lacks & meant or (
            fault.vague and any(keys[: len(fault.keys)] == fault.keys for keys in precise)
        )
        if not follows:
            yield fault.rule, Finding(Place(path, fault.keys, fault.on_key), fault.message, fault.hint)


def _faults(error: Any) -> Iterator[_Fault]:
    keys = tuple(error.absolute_path)
    known = _EXPLAIN.get(error.validator)
    if error.instance is None and error.validator in ("type", "enum", "oneOf"):
        wanted = _wanted(error) if error.validator == "type" else "a value"
        hint = "leave the key out when its value is not known"
        yield _Fault(WRONG_TYPE, keys, f"nothing stands where {wanted} belongs", hint, on_key=True)
    elif "propertyNames" in list(error.absolute_schema_path)[-2:]:
        message = f"key {_shown(error.instance)} does not have the right form"
        yield _Fault(UNKNOWN_KEY, (*keys, error.instance), message, _hint(error), on_key=True)
    elif known is not None:
        yield from known(error, keys)
    elif error.context:
        yield from _branch_faults(error, keys)
    else:
        yield _Fault(WRONG_VALUE, keys, _sentence(error.message), _hint(error))


def _unknown_keys(error: Any, keys: Keys) -> Iterator[_Fault]:
    known = list(error.schema.get("properties", ()))
    for key in error.instance:
        if key not in known:
            guess = words.closest(key, [name for name in known if name not in error.instance])
            hint = f"did you mean `{guess}`?" if guess else f"known here: {words.listed(known)}"
            meant = (*keys, guess) if guess else ()
            yield _Fault(UNKNOWN_KEY, (*keys, key), f"unknown key {_shown(key)}", hint, on_key=True, meant=meant)


def _missing_keys(error: Any, keys: Keys) -> Iterator[_Fault]:
    # jsonschema yields one error for each missing key and says which only in its message.
    key = error.message.split("'")[1]
    hint = described(error.schema.get("properties", {}).get(key, {}))
    on_key = bool(keys) and isinstance(keys[-1], str)
    yield _Fault(MISSING_KEY, keys, f"`{key}` is missing", hint, on_key, lacks=frozenset({(*keys, key)}))


def _dependent_keys(error: Any, keys: Keys) -> Iterator[_Fault]:
    for present, key in _lacking_partners(error):
        message = f"`{present}` is there but `{key}` is missing"
        lacks = frozenset({(*keys, key)})
        yield _Fault(MISSING_KEY, (*keys, present), message, "give both or neither", on_key=True, lacks=lacks)


def _lacking_partners(error: Any) -> list[tuple[str, str]]:
    pairs = error.schema.get("dependentRequired", {}).items()
    return [
        (present, key)
        for present, needed in pairs
        for key in needed
        if present in error.instance and key not in error.instance
    ]


def _wrong_type(error: Any, keys: Keys) -> Iterator[_Fault]:
    yield _Fault(WRONG_TYPE, keys, f"{_shown(error.instance)} is not {_wanted(error)}", _hint(error))


def _wanted(error: Any) -> str:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    return " or ".join(_TYPE_WORDS[name] for name in wanted)


def _not_listed(error: Any, keys: Keys) -> Iterator[_Fault]:
    choices = [str(value) for value in error.validator_value]
    guess = words.closest(str(error.instance), choices)
    hint = f"did you mean `{guess}`?" if guess else f"one of {words.listed(choices)}"
    message = f"{_shown(error.instance)} is not one of those allowed"
    yield _Fault(WRONG_VALUE, keys, message, hint, meant=keys if guess else ())


def _wrong_pattern(error: Any, keys: Keys) -> Iterator[_Fault]:
    yield _Fault(WRONG_VALUE, keys, f"{_shown(error.instance)} does not have the right form", _hint(error), vague=True)


def _wrong_date(error: Any, keys: Keys) -> Iterator[_Fault]:
    if matches(error.schema.get("pattern", ""), error.instance):
        yield _Fault(WRONG_VALUE, keys, f"{_shown(error.instance)} is no day of the calendar", _hint(error))


def _branch_faults(error: Any, keys: Keys) -> Iterator[_Fault]:
    """Explain `anyOf` and `oneOf` by the branch that the value was meant for."""
    branches = error.validator_value
    if all("required" in branch and "type" not in branch for branch in branches):
        yield from _missing_choices(error, keys)
        return
    by_branch: dict[int, list[Any]] = {}
    for fault in error.context:
        by_branch.setdefault(fault.schema_path[0], []).append(fault)
    fitting = [faults for faults in by_branch.values() if not _is_any(faults, "type", keys)]
    meant = [faults for faults in fitting if not _is_any(faults, "required", keys)] if len(fitting) > 1 else fitting
    if len(meant) == 1:
        for fault in meant[0]:
            yield from _faults(fault)
    else:
        rule = WRONG_VALUE if fitting else WRONG_TYPE
        yield _Fault(rule, keys, f"{_shown(error.instance)} does not fit here", _hint(error), vague=True)


def _is_any(faults: Sequence[Any], validator: str, keys: Keys) -> bool:
    return any(fault.validator == validator and tuple(fault.absolute_path) == keys for fault in faults)


def _missing_choices(error: Any, keys: Keys) -> Iterator[_Fault]:
    """Explain that none of several sets of keys is there; a branch's `description` is its name."""
    if _lacking_partners(error):
        return  # one of a pair is there, and the fault about the other says so
    branches = error.validator_value
    names = [branch.get("description") or "`" + "` and `".join(branch["required"]) + "`" for branch in branches]
    lacks = frozenset((*keys, key) for branch in branches for key in branch["required"])
    message = f"{' or '.join(names)} is missing"
    yield _Fault(MISSING_KEY, keys, message, _hint(error), on_key=bool(keys), lacks=lacks)


def _hint(error: Any) -> str:
    return described(error.schema) or described(error.parent.schema if error.parent is not None else {})


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping of keys"
    if isinstance(value, list):
        return "a list"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{text[:60]}…`" if len(text) > 60 else f"`{text}`"


def _sentence(message: str) -> str:
    """Return a validator's own message, shortened: it quotes whole values."""
    return message if len(message) <= 160 else message[:80] + " … " + message[-60:]


_BOUNDS = {
    "minimum": "is less than {}",
    "maximum": "is more than {}",
    "exclusiveMinimum": "is not more than {}",
    "minLength": "is shorter than {} characters",
    "maxLength": "is longer than {} characters",
    "minItems": "has fewer than {} items",
    "maxItems": "has more than {} items",
    "minProperties": "has fewer than {} keys",
    "maxProperties": "has more than {} keys",
}


def _bound(error: Any, keys: Keys) -> Iterator[_Fault]:
    message = f"{_shown(error.instance)} {_BOUNDS[error.validator].format(error.validator_value)}"
    if not error.instance and error.validator_value == 1:
        message = "nothing is in it"
    yield _Fault(WRONG_VALUE, keys, message, _hint(error))


def _repeated(error: Any, keys: Keys) -> Iterator[_Fault]:
    for index, item in enumerate(error.instance):
        if item in error.instance[:index]:
            yield _Fault(WRONG_VALUE, (*keys, index), f"{_shown(item)} stands twice in the list", "keep one")


_EXPLAIN: dict[str, Callable[[Any, Keys], Iterator[_Fault]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "dependentRequired": _dependent_keys,
    "type": _wrong_type,
    "enum": _not_listed,
    "pattern": _wrong_pattern,
    "format": _wrong_date,
    "uniqueItems": _repeated,
    **dict.fromkeys(_BOUNDS, _bound),
}
