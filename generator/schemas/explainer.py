"""The name of a kind in; the exact validator of its schema, which tells every error, out."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import jsonschema
import referencing
from referencing.jsonschema import DRAFT202012

from .reading import load, load_published, matches


@functools.cache
def explainer(kind: str) -> Any:
    """Return the validator of a kind's records."""
    return _of(load()[kind], "common.json", load()["common"])


@functools.cache
def published_explainer(name: str) -> Any:
    """Return the validator of data that a schema of `api/` describes."""
    return _of(load_published()[name], "shared.json", load_published()["shared"])


def _of(schema: Any, name: str, contents: Any) -> Any:
    beside = referencing.Resource.from_contents(contents, default_specification=DRAFT202012)
    registry: referencing.Registry[Any] = referencing.Registry().with_resource(name, beside)
    draft = jsonschema.Draft202012Validator
    checked = jsonschema.validators.extend(draft, {"pattern": _check_pattern})  # type: ignore[no-untyped-call]
    return checked(schema, registry=registry, format_checker=draft.FORMAT_CHECKER)


def _check_pattern(_: Any, pattern: str, text: Any, schema: Any) -> Iterator[jsonschema.ValidationError]:  # noqa: ARG001
    if isinstance(text, str) and not matches(pattern, text):
        yield jsonschema.ValidationError(f"{text!r} does not match {pattern!r}")
