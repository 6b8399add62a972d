"""An address and a limit in; the bytes of the file that lies there out, piece by piece, from a server nobody trusts.

Only https with a valid certificate, no cookies, no proxy, no redirect to another host. What is compressed is unpacked
in small pieces and counted as it comes out.
"""

from __future__ import annotations

import functools
import ssl
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from urllib.parse import SplitResult, urljoin

import httpx

from ... import __version__
from ..limits import FetchError, Limits, Reach
from . import addresses

Write = Callable[[bytes], object]
_PIECE = 64 << 10
_AGENT = f"karakana/{__version__} (+https://github.com/karakana-registry/karakana)"
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}  # what zlib calls them


class Web:
    """Connections to one peer, within limits. The caller sees to the time that all of it may take."""

    def __init__(self, limits: Limits, reach: Reach) -> None:
        self._limits, self._reach = limits, reach
        self._client = httpx.AsyncClient(
            verify=_trusted(), trust_env=False, follow_redirects=False, timeout=limits.idle_seconds,
            limits=httpx.Limits(max_keepalive_connections=0),  # two requests a peer; a kept one may be closed meanwhile
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={"User-Agent": _AGENT, "Accept": "*/*", "Accept-Encoding": "gzip"},
        )  # fmt: skip

    async def __aenter__(self) -> Web:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.__aexit__(kind, error, trace)

    async def fetch(self, url: str, write: Write, most: int) -> None:
        """Give the bytes at an address to `write`; at most `most` of them, unpacked. Raises `FetchError`."""
        first = parts = addresses.parsed(url, self._reach)
        try:
            for _ in range(self._limits.redirects + 1):
                target = await self._ask(parts, write, most)
                if not target:
                    return
                parts = _redirected(first, parts, target, self._reach)
        except httpx.TimeoutException as error:
            raise FetchError("is too slow: no answer in time") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            raise FetchError(f"cannot be read: {_reason(error)}") from error
        raise FetchError("redirects too often")

    async def _ask(self, parts: SplitResult, write: Write, most: int) -> str:
        """Ask once; return where to when that is a redirect, else "" after writing all."""
        numbers = await addresses.numbers(parts, self._reach)
        for at, number in enumerate(numbers):
            try:
                async with self._client.stream(
                    "GET", _pinned(parts, number), headers={"Host": parts.netloc},
                    extensions={"sni_hostname": parts.hostname},
                ) as response:  # fmt: skip
                    if response.is_redirect:
                        return response.headers["Location"]
                    await _written(response, write, most)
                    return ""
            except httpx.ConnectError:
                if at == len(numbers) - 1:
                    raise
        raise FetchError("cannot be found")


@functools.cache
def _trusted() -> ssl.SSLContext:
    """Return whose certificates are believed; reading them takes longer than many an answer."""
    return httpx.create_ssl_context(trust_env=False)


def _pinned(parts: SplitResult, number: str) -> str:
    host = f"[{number}]" if ":" in number else number
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{host}:{addresses.port_of(parts)}{parts.path or '/'}{query}"


def _redirected(first: SplitResult, here: SplitResult, target: str, reach: Reach) -> SplitResult:
    try:
        parts = addresses.parsed(urljoin(here.geturl(), target), reach)
    except ValueError as error:
        raise FetchError("redirects to an address that is none") from error
    except FetchError as error:
        raise FetchError("redirects to an address that is refused") from error
    if (parts.scheme, parts.hostname, addresses.port_of(parts)) != (
        first.scheme, first.hostname, addresses.port_of(first),
    ):  # fmt: skip
        raise FetchError(f"has moved to another host ({parts.hostname}): ask, then correct its url in registry.yaml")
    return parts


async def _written(response: httpx.Response, write: Write, most: int) -> None:
    if response.status_code != httpx.codes.OK:
        raise FetchError(f"answers with {response.status_code}")
    packing = response.headers.get("Content-Encoding", "identity").strip().lower() or "identity"
    if packing != "identity" and packing not in _WINDOWS:
        raise FetchError("sends a file compressed in a way that nobody asked for")
    if packing == "identity" and int(response.headers.get("Content-Length") or 0) > most:
        raise FetchError(f"sends a file that is larger than {_amount(most)}")
    async for piece in _counted(response, packing, most):
        write(piece)


async def _counted(response: httpx.Response, packing: str, most: int) -> AsyncIterator[bytes]:
    """Yield the unpacked bytes. Raises `FetchError` as soon as there are too many, packed or unpacked."""
    arrived = unpacked = 0
    unpack = _plain if packing == "identity" else _Unpacking(_WINDOWS[packing])
    async for raw in response.aiter_raw(_PIECE):
        arrived += len(raw)
        for piece in unpack(raw):
            unpacked += len(piece)
            if unpacked > most:
                break
            yield piece
        if unpacked > most or arrived > most + _PIECE:
            raise FetchError(f"sends a file that is larger than {_amount(most)}")
    if isinstance(unpack, _Unpacking) and not unpack.is_whole:
        raise FetchError("sends a compressed file that breaks off")


def _plain(raw: bytes) -> Iterator[bytes]:
    yield raw


class _Unpacking:
    """What zlib has unpacked so far; it never unpacks more than a piece at a time."""

    def __init__(self, window: int) -> None:
        self._zlib = zlib.decompressobj(window)

    def __call__(self, raw: bytes) -> Iterator[bytes]:
        try:
            while raw:
                yield self._zlib.decompress(raw, _PIECE)
                raw = self._zlib.unconsumed_tail
            if self._zlib.unused_data:
                raise FetchError("sends more behind the end of a compressed file")
        except zlib.error as error:
            raise FetchError("sends a compressed file that cannot be unpacked") from error

    @property
    def is_whole(self) -> bool:
        return self._zlib.eof


def _amount(bytes: int) -> str:
    return f"{bytes / 1e6:.1f} MB" if bytes >= 100_000 else f"{bytes} bytes"


def _reason(error: Exception) -> str:
    """Return what the network says of a failure, in one short line."""
    return (str(error) or type(error).__name__).partition("\n")[0][:160]
