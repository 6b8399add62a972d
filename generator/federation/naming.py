"""The text of `registry.yaml` and a peer in; the text with the peer added or taken away, comments kept, out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import canonical, schemas
from ..diagnostics import Key
from ..documents import Comments, examine, read_comments
from ..records import Settings, build

_KIND = Settings.record_kind


class NamingError(Exception):
    """A text that cannot be changed so; the message says why."""


def settings(source: bytes) -> Settings:
    """Return the settings that a text holds. Raises `NamingError`."""
    return build(Settings, _KIND, _data(source))


def added(source: bytes, peer: Mapping[str, str]) -> bytes:
    """Return the text with a peer at the end of the list. Raises `NamingError`."""
    data = _data(source)
    data["peers"] = [*data.get("peers", []), {key: value for key, value in peer.items() if value}]
    for _, found in schemas.explain(_KIND, "registry.yaml", data):
        raise NamingError(f"{found.message}; {found.hint}" if found.hint else found.message)
    return _written(data, _comments(source))


def removed(source: bytes, id: str) -> bytes:
    """Return the text without a peer. Raises `NamingError` when none is called so."""
    data, comments = _data(source), _comments(source)
    peers = data.get("peers", [])
    at = next((at for at, peer in enumerate(peers) if peer["id"] == id), None)
    if at is None:
        raise NamingError(f"no peer is called {id!r}")
    left = [*peers[:at], *peers[at + 1 :]]
    if left:
        return _written({**data, "peers": left}, _without(comments, at))
    return _written({key: value for key, value in data.items() if key != "peers"}, _without(comments, at))


def _data(source: bytes) -> dict[str, Any]:
    exact = examine(source)
    if exact.is_broken or not isinstance(exact.data, dict) or not schemas.validator(_KIND)(exact.data):
        raise NamingError("registry.yaml cannot be read; `karakana check` says why")
    return exact.data


def _comments(source: bytes) -> Comments:
    return read_comments(source.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"))


def _written(data: Mapping[str, Any], comments: Comments) -> bytes:
    return canonical.canonical(_KIND, data, comments).encode()


def _without(comments: Comments, at: int) -> Comments:
    """Return comments as they stand when the entry `at` of the peers is gone."""
    before = {_moved(keys, at): lines for keys, lines in comments.before.items() if keys[:2] != ("peers", at)}
    after = {_moved(keys, at): tail for keys, tail in comments.after.items() if keys[:2] != ("peers", at)}
    return Comments(comments.first, before, after, comments.last)


def _moved(keys: tuple[Key, ...], at: int) -> tuple[Key, ...]:
    if len(keys) > 1 and keys[0] == "peers" and isinstance(keys[1], int) and keys[1] > at:
        return ("peers", keys[1] - 1, *keys[2:])
    return keys
