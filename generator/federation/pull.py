"""The peers of a registry in; their last good copies renewed, and how it went with each out.

Whatever a peer does ends as words about it. One peer's trouble is nobody else's, and an earlier copy stays.
"""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ..awaiting import awaited
from ..records import Settings
from ..records.instance import Peer
from ..registry.foreign import Attempt, Terms
from . import copies, licences, lines, manifest, trees
from .fetch import Remote, Web, addresses, fetch_tree, read_tree
from .limits import FetchError, LicenceError, Limits, Reach
from .strict import JsonError
from .versions import VERSIONS, VersionError, Versions

MANIFEST = "api/v1/registry.json"
_AT_ONCE = 4
_NO_TERMS, _LIMITS = Terms(), Limits()
_Trouble = (FetchError, JsonError, VersionError, manifest.ManifestError, lines.LinesError)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a pull of a peer went: the terms of the copy that was made, or what was wrong ("" for nothing)."""

    peer: Peer
    terms: Terms = _NO_TERMS
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """What a pull needs: where copies are kept, the second that it is, limits, and clones on this computer by peer."""

    folder: Path
    now: datetime
    limits: Limits = _LIMITS
    reach: Reach = Reach.PUBLIC
    versions: Versions = VERSIONS
    clones: Mapping[str, Path] = field(default_factory=dict)
    told: Callable[[Outcome], None] = lambda _: None


def pull(settings: Settings, peers: Sequence[Peer], how: Pull) -> tuple[Outcome, ...]:
    """Renew the copies of some peers, some at once; return how it went with each, in their order.

    Raises `OSError` when the folder of copies cannot be written.
    """
    return awaited(_pulled(settings, peers, how))


async def _pulled(settings: Settings, peers: Sequence[Peer], how: Pull) -> tuple[Outcome, ...]:
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(peer: Peer) -> Outcome:
        async with gate:
            outcome = await _one(settings, peer, how)
        how.told(outcome)
        return outcome

    return tuple(await asyncio.gather(*(one(peer) for peer in peers)))


async def _one(settings: Settings, peer: Peer, how: Pull) -> Outcome:
    """Pull one peer; note how it went."""
    named = ""
    try:
        with tempfile.TemporaryDirectory(prefix="karakana-") as scratch:
            async with asyncio.timeout(how.limits.seconds):
                terms, rows = await _fetched(settings, peer, how, Path(scratch))
            _refuse_licence(terms, settings)
            kept = await asyncio.to_thread(copies.keep, how.folder / peer.id, peer, terms, how.now, rows)
        outcome, named = Outcome(peer, kept), kept.licence
    except _Trouble as error:
        outcome = Outcome(peer, error=str(error))
        named = error.licence if isinstance(error, LicenceError) else named
    except TimeoutError:
        outcome = Outcome(peer, error=f"is too slow: not done after {how.limits.seconds:g} s")
    attempt = Attempt(at=how.now, error=outcome.error, licence=named)
    copies.note(how.folder / peer.id, attempt)
    return outcome


def _refuse_licence(terms: Terms, settings: Settings) -> None:
    if licences.use(terms.licence, settings.licences.data) is licences.Use.FORBIDDEN:
        raise LicenceError(terms.licence)


async def _fetched(settings: Settings, peer: Peer, how: Pull, scratch: Path) -> tuple[Terms, Iterator[bytes]]:
    """Return a peer's terms, and the lines of its hubs as they are read, wherever it is read from."""
    reach = _reach(peer, how)
    if _same_site(peer.url, settings.url):
        raise FetchError("is this registry itself")
    if clone := how.clones.get(peer.id):
        tree = await asyncio.to_thread(read_tree, clone, peer.branch or "HEAD", trees.FOLDERS, how.limits)
        return await asyncio.to_thread(trees.hubs, tree, scratch, how.limits.hubs)
    if peer.git:
        numbers = await addresses.numbers(addresses.parsed(peer.git, reach), reach)
        remote = Remote(peer.git, peer.branch, numbers)
        tree = await asyncio.to_thread(fetch_tree, remote, trees.FOLDERS, how.limits, reach)
        return await asyncio.to_thread(trees.hubs, tree, scratch, how.limits.hubs)
    return await _from_site(settings, peer, how, scratch / "hubs")


async def _from_site(settings: Settings, peer: Peer, how: Pull, path: Path) -> tuple[Terms, Iterator[bytes]]:
    base = peer.url.rstrip("/") + "/"
    async with Web(how.limits, _reach(peer, how)) as web:
        source = bytearray()
        await web.fetch(base + MANIFEST, source.extend, how.limits.manifest_bytes)
        found = manifest.read(bytes(source), how.versions)
        if _same_site(found.url, settings.url):
            raise FetchError("says that it is this registry")
        _refuse_licence(found.terms, settings)
        promise = found.hubs
        if promise.bytes > how.limits.file_bytes:
            raise FetchError(f"promises a {promise.path} larger than {how.limits.file_bytes / 1e6:.1f} MB")
        digest = hashlib.sha256()
        with path.open("wb") as file:

            def write(piece: bytes) -> None:
                digest.update(piece)
                file.write(piece)

            await web.fetch(f"{base}api/v1/{promise.path}", write, promise.bytes)
            if file.tell() != promise.bytes:
                raise FetchError(f"sends a {promise.path} that is shorter than promised")
    if digest.hexdigest() != promise.sha256:
        raise FetchError(f"sends a {promise.path} whose checksum is not the promised one")
    return found.terms, _counted(path, found, how.limits.hubs)


def _counted(path: Path, found: manifest.Manifest, most: int) -> Iterator[bytes]:
    """Yield the lines of a file; at its end raise `LinesError` when they are not as many as promised."""
    count, name = 0, found.hubs.path
    with path.open("rb") as file:
        for line in lines.read(lines.rows(file, name), found.steps, name, most):
            count += 1
            yield line
    if count != found.hubs.records:
        raise lines.LinesError(f"promises {found.hubs.records} hubs in {name} and sends {count}")


def _reach(peer: Peer, how: Pull) -> Reach:
    """Return which addresses a peer may have: private ones where registry.yaml says so."""
    return Reach.PRIVATE if how.reach is Reach.PUBLIC and peer.network == "private" else how.reach


def _same_site(url: str, other: str) -> bool:
    return url.rstrip("/").casefold() == other.rstrip("/").casefold()


def learned(peer: Peer, settings: Settings, how: Pull) -> manifest.Manifest:
    """Return what the manifest of a site says, for somebody who thinks of adding it. Raises `FetchError`."""

    async def ask() -> bytes:
        source = bytearray()
        async with asyncio.timeout(how.limits.seconds), Web(how.limits, _reach(peer, how)) as web:
            await web.fetch(peer.url.rstrip("/") + "/" + MANIFEST, source.extend, how.limits.manifest_bytes)
        return bytes(source)

    try:
        found = manifest.read(awaited(ask()), how.versions)
    except TimeoutError as error:
        raise FetchError(f"is too slow: not done after {how.limits.seconds:g} s") from error
    except _Trouble as error:
        raise FetchError(str(error)) from error
    if _same_site(found.url, settings.url):
        raise FetchError("says that it is this registry")
    return found
