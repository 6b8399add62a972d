"""Addresses in; whether something answers there, out. The only part with a network and a clock.

Each host is asked one thing at a time with a pause between, HEAD before GET, and of an answer no more is read than its
beginning. No address leads into a private network: the host's number is looked up, judged, and asked by number.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import socket
import ssl
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import SplitResult, urljoin, urlsplit

import httpx

from ..awaiting import awaited
from ..federation.fetch import addresses
from ..federation.limits import FetchError, Reach
from .replies import Answer, Failed, Outcome, Reply, judged

_MOVED_FOR_GOOD = (301, 308)
_LONGEST_WAIT = 30.0  # of what a server asks for with Retry-After
_LATER = "wants to be asked later"
_ADDRESS_TIMES = 4  # so many times one answer's patience is there for an address with all its redirects


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient and polite to be: seconds for all and for one answer, a host's pause, tries, hosts at a time."""

    seconds: float = 3000
    idle_seconds: float = 15
    pause_seconds: float = 1
    backoff_seconds: float = 3
    tries: int = 3
    hosts: int = 24
    redirects: int = 6
    read_bytes: int = 4096


def probe(
    urls: Iterable[str], agent: str, pace: Pace, reach: Reach, tell: Callable[[Answer], object]
) -> tuple[Answer, ...]:
    """Ask addresses within the time and return what they answered, in their order; late ones are left out.

    `agent` is the User-Agent, `tell` is called with each answer as it comes.
    """
    return awaited(_probed(list(dict.fromkeys(urls)), agent, pace, reach, tell))


async def _probed(
    urls: Sequence[str], agent: str, pace: Pace, reach: Reach, tell: Callable[[Answer], object]
) -> tuple[Answer, ...]:
    found: dict[str, Answer] = {}
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        by_host[host(url)].append(url)
    slots = asyncio.Semaphore(pace.hosts)
    async with _Client(agent, pace, reach) as client:

        async def ask(several: Sequence[str]) -> None:
            async with slots:
                for url in several:
                    found[url] = await client.ask(url)
                    tell(found[url])

        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pace.seconds), asyncio.TaskGroup() as group:
                for several in by_host.values():
                    group.create_task(ask(several))
    return tuple(found[url] for url in urls if url in found)


def host(url: str) -> str:
    """Return the host of an address; "" for what is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


class _Client:
    """Connections to all hosts, and when each of them was asked last."""

    def __init__(self, agent: str, pace: Pace, reach: Reach) -> None:
        self._pace, self._reach = pace, reach
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._asked: dict[str, float] = {}
        self._rests: dict[str, float] = {}  # until when a host wants to be left alone
        self._http = httpx.AsyncClient(
            verify=_trusted(), trust_env=False, follow_redirects=False, timeout=pace.idle_seconds,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": "identity"},
            limits=httpx.Limits(max_keepalive_connections=0),
        )  # fmt: skip

    async def __aenter__(self) -> _Client:
        await self._http.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.__aexit__()

    async def ask(self, url: str) -> Answer:
        """Return what an address answers, after several tries when it does not."""
        answer, after = await self._tried(url)
        for attempt in range(self._pace.tries - 1):
            if answer.outcome is not Outcome.SOFT or answer.detail == _LATER:
                break
            await asyncio.sleep(max(self._pace.backoff_seconds * 2**attempt, min(after, _LONGEST_WAIT)))
            answer, after = await self._tried(url)
        return answer

    async def _tried(self, url: str) -> tuple[Answer, float]:
        """Return what an address answers now, and how long its server asks to wait; redirects too must end."""
        try:
            async with asyncio.timeout(_ADDRESS_TIMES * self._pace.idle_seconds):
                return await self._followed(url)
        except TimeoutError:
            return Answer(url, Outcome.SOFT, "does not answer in time"), 0

    async def _followed(self, url: str) -> tuple[Answer, float]:
        """Return what an address answers at the end of its redirects, and how long the server there asks to wait."""
        here, moved, is_for_good = url, "", True
        try:
            for _ in range(self._pace.redirects + 1):
                reply = await self._replied(here)
                if not (300 <= reply.status < 400 and reply.location):
                    return judged(url, reply.status, moved), reply.after
                here = urljoin(here, reply.location)
                is_for_good = is_for_good and reply.status in _MOVED_FOR_GOOD
                moved = here if is_for_good else moved
        except Failed as error:
            return Answer(url, error.outcome, str(error), ""), 0
        except ValueError:
            return Answer(url, Outcome.SOFT, "redirects to an address that is none"), 0
        return Answer(url, Outcome.SOFT, f"redirects more than {self._pace.redirects} times"), 0

    async def _replied(self, url: str) -> Reply:
        """Return the response to HEAD, or to GET where the server does not know or like HEAD. Raises `Failed`."""
        parts = _parsed(url)
        async with self._turn(parts.hostname or ""):
            numbers = await self._numbers(parts)
            try:
                reply = await self._sent("HEAD", parts, numbers)
                if reply.after > _LONGEST_WAIT and reply.status in (429, 503):
                    self._rests[parts.hostname or ""] = time.monotonic() + reply.after
                    raise Failed(_LATER)
                if reply.status < 400 or reply.status in (410, 429):
                    return reply
            except (httpx.RemoteProtocolError, httpx.ReadError):
                pass
            except httpx.HTTPError as error:
                raise _failure(error) from error
        async with self._turn(parts.hostname or ""):
            try:
                return await self._sent("GET", parts, numbers)
            except httpx.HTTPError as error:
                raise _failure(error) from error

    @contextlib.asynccontextmanager
    async def _turn(self, host: str) -> AsyncIterator[None]:
        """Wait until nothing else is asked of a host, and its pause is over."""
        async with self._turns[host]:
            if self._rests.get(host, 0) > time.monotonic():
                raise Failed(_LATER)
            if host in self._asked:
                await asyncio.sleep(max(0.0, self._asked[host] + self._pace.pause_seconds - time.monotonic()))
            try:
                yield
            finally:
                self._asked[host] = time.monotonic()

    async def _numbers(self, parts: SplitResult) -> tuple[str, ...]:
        """Return the numbers of a host. Raises `Failed` when it has none, or one that nobody else can reach."""
        try:
            async with asyncio.timeout(self._pace.idle_seconds):
                return await addresses.numbers(parts, self._reach)
        except TimeoutError as error:
            raise Failed("its name is not found in time") from error
        except FetchError as error:
            cause = error.__cause__
            is_unknown = isinstance(cause, UnicodeError) or getattr(cause, "errno", 0) in _UNKNOWN_NAME
            if cause is None or is_unknown:
                message = "leads into a private network" if cause is None else "there is no such host"
                raise Failed(message, Outcome.HARD) from error
            raise Failed("its name cannot be looked up now") from error

    async def _sent(self, method: str, parts: SplitResult, numbers: Sequence[str]) -> Reply:
        """Return the head of a response, after reading a little of its body. Raises `httpx.HTTPError`."""
        for at, number in enumerate(numbers):
            try:
                async with asyncio.timeout(2 * self._pace.idle_seconds), self._http.stream(
                    method, _pinned(parts, number), headers={"Host": parts.netloc},
                    extensions={"sni_hostname": parts.hostname},
                ) as response:  # fmt: skip
                    if method == "GET" and response.status_code < 300:
                        await _first(response, self._pace.read_bytes)
                    return _reply(response)
            except TimeoutError as error:
                raise httpx.ReadTimeout("") from error
            except httpx.ConnectError:
                if at == len(numbers) - 1:
                    raise
        raise httpx.ConnectError("no number")


_UNKNOWN_NAME = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))


@functools.cache
def _trusted() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


def _parsed(url: str) -> SplitResult:
    """Return the parts of an address. Raises `Failed`, or `ValueError` for what is no address."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None or parts.port == 0:
        raise Failed("is, or redirects to, what is no address on the web")
    return parts


def _pinned(parts: SplitResult, number: str) -> str:
    host = f"[{number}]" if ":" in number else number
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{host}:{addresses.port_of(parts)}{parts.path or '/'}{query}"


async def _first(response: httpx.Response, most: int) -> None:
    """Read the beginning of a body, so that a server that breaks off is noticed; never more."""
    read = 0
    async for piece in response.aiter_raw(most):
        read += len(piece)
        if read >= most:
            return


def _reply(response: httpx.Response) -> Reply:
    """Return the head of a response, as far as it is of use."""
    after = response.headers.get("Retry-After", "")
    seconds = float(after) if after.isascii() and after.isdigit() and len(after) < 6 else 0.0
    return Reply(response.status_code, response.headers.get("Location", ""), seconds)


def _failure(error: httpx.HTTPError) -> Failed:
    """Return why nothing answered."""
    if isinstance(error, httpx.TimeoutException):
        return Failed("does not answer in time")
    said: BaseException | None = error
    while said is not None:
        if isinstance(said, ssl.SSLCertVerificationError):
            return Failed(f"its certificate is not valid: {said.verify_message}")
        if isinstance(said, ssl.SSLError):
            return Failed("its encryption cannot be agreed upon")
        said = said.__cause__ or said.__context__
    if isinstance(error, httpx.ConnectError):
        return Failed("the connection is refused")
    return Failed("breaks off")
