"""One record's plain data in; valid or not (fast), or every fault with its keys and a hint (exact).

The JSON Schemas (2020-12) of `schemas/` are read once. `jsonschema-rs` answers yes or no in microseconds;
`jsonschema` explains, and only a record that failed is explained.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import referencing
from referencing.jsonschema import DRAFT202012

from . import words
from .diagnostics import Finding, Key, Place, Rule, Severity, rule

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

_TYPE_WORDS = {
    "object": "a mapping of keys",
    "array": "a list",
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "nothing",
}


def folder() -> Path:
    """Return the folder of the schemas: in the wheel, else beside the package in a checkout."""
    packaged = Path(str(files(__package__))) / "data" / "schemas"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parent.parent / "schemas"


@functools.cache
def load() -> Mapping[str, Mapping[str, Any]]:
    """Return every schema by the name of its file: the kinds, and `common`."""
    return {path.stem: json.loads(path.read_bytes()) for path in sorted(folder().glob("*.json"))}


@functools.cache
def validator(kind: str) -> Callable[[Any], bool]:
    """Return the fast yes-or-no test for records of a kind. Formats such as dates are asserted."""
    registry = jsonschema_rs.Registry([("json-schema:///common.json", load()["common"])])
    compiled = jsonschema_rs.validator_for(load()[kind], registry=registry, validate_formats=True)
    return compiled.is_valid


@functools.cache
def _explainer(kind: str) -> jsonschema.Draft202012Validator:
    common = referencing.Resource.from_contents(load()["common"], default_specification=DRAFT202012)
    registry: referencing.Registry[Any] = referencing.Registry().with_resource("common.json", common)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(load()[kind], registry=registry, format_checker=checker)


def at(kind: str, keys: tuple[Key, ...]) -> Mapping[str, Any]:
    """Return the schema of the value that stands at `keys` in records of a kind; {} when nothing may."""
    schema: Mapping[str, Any] = load()[kind]
    for key in keys:
        schema = _resolved(kind, schema)
        inner = schema.get("items") if isinstance(key, int) else schema.get("properties", {}).get(key)
        schema = inner or schema.get("additionalProperties") or {}
    if "$ref" not in schema:
        return schema
    return {**_resolved(kind, schema), **{key: value for key, value in schema.items() if key != "$ref"}}


def properties(kind: str, keys: tuple[Key, ...] = ()) -> Mapping[str, Any]:
    """Return the properties, in order, of the mapping that stands at `keys` in records of a kind."""
    found: Mapping[str, Any] = _resolved(kind, at(kind, keys)).get("properties", {})
    return found


def _resolved(kind: str, schema: Any) -> Mapping[str, Any]:
    """Follow `$ref`, and of several forms take the one for mappings."""
    if not isinstance(schema, dict):
        return {}
    if "$ref" in schema:
        file, _, name = schema["$ref"].rpartition("#/$defs/")
        return _resolved(kind, load()["common" if file else kind]["$defs"][name])
    forms = [form for form in schema.get("oneOf", ()) if form.get("type") == "object"]
    return _resolved(kind, forms[0]) if len(forms) == 1 else schema


def explain(kind: str, path: str, data: Any) -> Iterator[tuple[Rule, Finding]]:
    """Yield every fault of one record's data against its schema, each at its own keys."""
    faults = [fault for error in _explainer(kind).iter_errors(data) for fault in _faults(error, path)]
    guessed = {_sibling(found, found.hint.split("`")[1]) for rule, found in faults if "did you mean" in found.hint}
    places = [found.at.keys for _, found in faults]
    for rule, found in faults:
        if rule is MISSING_KEY and _sibling_of(found) in guessed:
            continue  # the misspelt key is reported; the missing one is the same slip
        if found.message.endswith(_NO_FIT) and any(_is_within(keys, found.at.keys) for keys in places):
            continue  # said more exactly by a fault within
        yield rule, found


def explain_value(kind: str, keys: tuple[Key, ...], value: Any) -> Iterator[tuple[Rule, Finding]]:
    """Yield every fault of one value that is meant for `keys` of a record of a kind."""
    for error in _explainer(kind).evolve(schema=at(kind, keys)).iter_errors(value):
        yield from _faults(error, "")


_NO_FIT = "does not fit here"


def _sibling(found: Finding, key: str) -> tuple[Key, ...]:
    return (*found.at.keys[:-1], key)


def _sibling_of(found: Finding) -> tuple[Key, ...]:
    return (*found.at.keys, found.message.split("`")[1])


def _is_within(keys: tuple[Key, ...], around: tuple[Key, ...]) -> bool:
    return len(keys) > len(around) and keys[: len(around)] == around


def _faults(error: Any, path: str) -> Iterator[tuple[Rule, Finding]]:
    keys = tuple(error.absolute_path)
    known = _EXPLAIN.get(error.validator)
    if known is not None:
        yield from known(error, path, keys)
    elif error.context:
        yield from _branch_faults(error, path, keys)
    else:
        yield WRONG_VALUE, Finding(Place(path, keys), _sentence(error.message), _hint(error))


def _unknown_keys(error: Any, path: str, keys: tuple[Key, ...]) -> Iterator[tuple[Rule, Finding]]:
    known = list(error.schema.get("properties", ()))
    for key in error.instance:
        if key not in known:
            guess = words.closest(key, [name for name in known if name not in error.instance])
            hint = f"did you mean `{guess}`?" if guess else f"known here: {words.listed(known)}"
            yield UNKNOWN_KEY, Finding(Place(path, (*keys, key), on_key=True), f"unknown key `{key}`", hint)


def _missing_keys(error: Any, path: str, keys: tuple[Key, ...]) -> Iterator[tuple[Rule, Finding]]:
    # jsonschema yields one error for each missing key and says which only in its message.
    key = error.message.split("'")[1]
    about = error.schema.get("properties", {}).get(key, {})
    place = Place(path, keys, on_key=bool(keys) and isinstance(keys[-1], str))
    yield MISSING_KEY, Finding(place, f"`{key}` is missing", described(about))


def _dependent_keys(error: Any, path: str, keys: tuple[Key, ...]) -> Iterator[tuple[Rule, Finding]]:
    for present, needed in error.validator_value.items():
        for key in needed:
            if present in error.instance and key not in error.instance:
                place = Place(path, (*keys, present), on_key=True)
                yield (
                    MISSING_KEY,
                    Finding(place, f"`{present}` is there but `{key}` is missing", "give both or neither"),
                )


def _wrong_type(error: Any, path: str, keys: tuple[Key, ...]) -> Iterator[tuple[Rule, Finding]]:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    wanted_words = " or ".join(_TYPE_WORDS[name] for name in wanted)
    hint = "leave the key out when its value is not known" if error.instance is None else _hint(error)
    message = f"{_shown(error.instance)} is not {wanted_words}"
    yield WRONG_TYPE, Finding(Place(path, keys, on_key=error.instance is None), message, hint)


def _not_listed(error: Any, path: str, keys: tuple[Key, ...]) -> Iterator[tuple[Rule, Finding]]:
    choices = [str(value) for value in error.validator_value]
    guess = words.closest(str(error.instance), choices)
    hint = f"did you mean `{guess}`?" if guess else f"one of {words.listed(choices)}"
    yield WRONG_VALUE, Finding(Place(path, keys), f"{_shown(error.instance)} is not one of those allowed", hint)


def _wrong_pattern(error: Any, path: str, keys: tuple[Key, ...]) -> Iterator[tuple[Rule, Finding]]:
    yield (
        WRONG_VALUE,
        Finding(Place(path, keys), f"{_shown(error.instance)} does not have the right form", _hint(error)),
    )


def _wrong_name(error: Any, path: str, keys: tuple[Key, ...]) -> Iterator[tuple[Rule, Finding]]:
    for fault in error.context:
        place = Place(path, (*keys, fault.instance), on_key=True)
        yield UNKNOWN_KEY, Finding(place, f"key {_shown(fault.instance)} does not have the right form", _hint(error))


def _branch_faults(error: Any, path: str, keys: tuple[Key, ...]) -> Iterator[tuple[Rule, Finding]]:
    """Explain `anyOf` and `oneOf` by the branch that the value was meant for."""
    branches = error.validator_value
    if all(set(branch) == {"required"} for branch in branches):
        names = words.listed([" and ".join(branch["required"]) for branch in branches])
        yield MISSING_KEY, Finding(Place(path, keys, on_key=bool(keys)), f"one of {names} is missing", _hint(error))
        return
    fitting: dict[int, list[Any]] = {}
    for fault in error.context:
        fitting.setdefault(fault.schema_path[0], []).append(fault)
    meant = [faults for faults in fitting.values() if not any(_is_of_other_type(fault, keys) for fault in faults)]
    if len(meant) == 1:
        for fault in meant[0]:
            yield from _faults(fault, path)
    else:
        rule = WRONG_VALUE if meant else WRONG_TYPE
        message = f"{_shown(error.instance)} {_NO_FIT}"
        yield rule, Finding(Place(path, keys, on_key=error.instance is None), message, _hint(error))


def _is_of_other_type(fault: Any, keys: tuple[Key, ...]) -> bool:
    return fault.validator == "type" and tuple(fault.absolute_path) == keys


def _hint(error: Any) -> str:
    return described(error.schema) or described(error.parent.schema if error.parent is not None else {})


def described(schema: Mapping[str, Any]) -> str:
    """Return a schema's own description and first example, through its `$ref` if need be."""
    if "$ref" in schema and "description" not in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        schema = load()["common"]["$defs"].get(name, schema)
    about = str(schema.get("description", ""))
    if schema.get("examples") and isinstance(schema["examples"][0], str | int | float):
        return f"{about}; for example `{schema['examples'][0]}`"
    return about


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping of keys"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{text[:60]}…`" if len(text) > 60 else f"`{text}`"


def _sentence(message: str) -> str:
    """Return a validator's own message, shortened: it quotes whole values."""
    return message if len(message) <= 160 else message[:80] + " … " + message[-60:]


def _bound(error: Any, path: str, keys: tuple[Key, ...]) -> Iterator[tuple[Rule, Finding]]:
    wording = {
        "minimum": "is less than {}", "maximum": "is more than {}", "exclusiveMinimum": "is not more than {}",
        "minLength": "is shorter than {}", "maxLength": "is longer than {}", "minItems": "has fewer than {} items",
        "maxItems": "has more than {} items", "minProperties": "has fewer than {} keys", "maxProperties": "has more than {} keys",
    }[error.validator]  # fmt: skip
    unit = " characters" if "Length" in error.validator else ""
    message = f"{_shown(error.instance)} {wording.format(error.validator_value)}{unit}"
    yield WRONG_VALUE, Finding(Place(path, keys), message, _hint(error))


def _repeated(error: Any, path: str, keys: tuple[Key, ...]) -> Iterator[tuple[Rule, Finding]]:
    for index, item in enumerate(error.instance):
        if item in error.instance[:index]:
            yield (
                WRONG_VALUE,
                Finding(Place(path, (*keys, index)), f"{_shown(item)} stands twice in the list", "keep one"),
            )


_EXPLAIN: dict[str, Callable[[Any, str, tuple[Key, ...]], Iterator[tuple[Rule, Finding]]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "dependentRequired": _dependent_keys,
    "type": _wrong_type,
    "enum": _not_listed,
    "pattern": _wrong_pattern,
    "format": _wrong_pattern,
    "propertyNames": _wrong_name,
    "uniqueItems": _repeated,
    **dict.fromkeys(
        ("minimum", "maximum", "exclusiveMinimum", "minLength", "maxLength", "minItems", "maxItems",
         "minProperties", "maxProperties"), _bound),
}  # fmt: skip
