"""One clean file's bytes in; plain data out, without positions, as fast as the parser's events come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml
from yaml._yaml import CParser

from .key_material import is_suspect
from .rules import LIMIT_BYTES, LIMIT_DEPTH
from .scalars import FORBIDDEN, resolve


class UncleanError(Exception):
    """The bulk path met something that only `examine` can explain."""


def parse(source: bytes) -> Any:
    """Return the plain data of one clean file; raise `UncleanError` when `examine` should look at it."""
    if len(source) > LIMIT_BYTES or b"\r" in source or is_suspect(source):
        raise UncleanError
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UncleanError from error
    if FORBIDDEN.search(text):
        raise UncleanError
    try:
        return _build(CParser(text).get_event)
    except (yaml.YAMLError, OverflowError, ValueError) as error:
        raise UncleanError from error


def _build(next_event: Callable[[], Any]) -> Any:  # noqa: PLR0912 - the hottest loop there is: calls would double it
    """Build data from parser events. One loop without recursion: depth is bounded by a counter."""
    next_event()
    if next_event().__class__ is not yaml.DocumentStartEvent:
        raise UncleanError
    stack: list[tuple[Any, str | None]] = []
    here: Any = None
    key: str | None = None
    while True:
        event = next_event()
        kind = event.__class__
        if kind is yaml.ScalarEvent:
            value: Any = event.value
            if event.tag is not None or event.anchor is not None:
                raise UncleanError
            if event.implicit[0]:
                value = resolve(value)
            elif FORBIDDEN.search(value) or "\r" in value:
                raise UncleanError  # by way of an escape such as "\x00"
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.tag is not None or event.anchor is not None or len(stack) >= LIMIT_DEPTH:
                raise UncleanError
            if here.__class__ is dict and key is None:
                raise UncleanError
            stack.append((here, key))
            here, key = ({} if kind is yaml.MappingStartEvent else []), None
            continue
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            value = here
            here, key = stack.pop()
        else:
            raise UncleanError
        if here.__class__ is list:
            here.append(value)
        elif here is None:
            break
        elif key is None:
            if value.__class__ is not str or value in here:
                raise UncleanError
            key = value
        else:
            here[key] = value
            key = None
    next_event()
    if next_event().__class__ is not yaml.StreamEndEvent or value.__class__ is not dict:
        raise UncleanError
    return value
