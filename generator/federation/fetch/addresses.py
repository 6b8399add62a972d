"""A web address in; its host's numbers out, each of which may be asked, so that no name leads into a private network.

The connection is then made to such a number, not to the name: what the name means a moment later changes nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
from urllib.parse import SplitResult, urlsplit

from ..limits import FetchError, Reach

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_Number = ipaddress.IPv4Address | ipaddress.IPv6Address


def parsed(url: str, reach: Reach) -> SplitResult:
    """Return the parts of an address that may be asked. Raises `FetchError`."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError("has an address that is none") from error
    wanted = ("https", "http") if reach is Reach.LOOPBACK else ("https",)
    if parts.scheme not in wanted:
        raise FetchError(f"has an address that begins with {parts.scheme[:12]}: and not with https://")
    if not host or parts.username is not None or parts.password is not None:
        raise FetchError("has an address without a host, or with a password in it")
    return parts


def port_of(parts: SplitResult) -> int:
    """Return the port that an address names or means."""
    return parts.port or (80 if parts.scheme == "http" else 443)


async def numbers(parts: SplitResult, reach: Reach) -> tuple[str, ...]:
    """Return the numbers of an address's host. Raises `FetchError` when there is none, or one that is out of reach."""
    host = parts.hostname or ""
    try:
        found = await _looked_up(host, port_of(parts))
    except (OSError, UnicodeError) as error:
        raise FetchError(f"cannot be found: no address for {host}") from error
    for number in found:
        if not is_within(ipaddress.ip_address(number.partition("%")[0]), reach):
            raise FetchError(f"leads into a private network: {host} is {number}")
    return found


def is_within(number: _Number, reach: Reach) -> bool:
    """Tell whether a number may be asked, whatever older number is packed in it."""
    if isinstance(number, ipaddress.IPv6Address):
        packed = number.ipv4_mapped or number.sixtofour or (number.teredo or (None, None))[1]
        if number in _NAT64:
            packed = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if packed is not None:
            return is_within(packed, reach)
    if reach is Reach.LOOPBACK and number.is_loopback:
        return True
    if number.is_multicast or number.is_loopback or number.is_link_local or number.is_unspecified:
        return False
    return number.is_global or (reach is Reach.PRIVATE and number.is_private and not number.is_reserved)


async def _looked_up(host: str, port: int) -> tuple[str, ...]:
    """Ask for a host's numbers in a thread that nobody waits for: a name server may be as slow as it likes."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[tuple[str, ...]] = loop.create_future()

    def tell(found: tuple[str, ...], error: Exception | None) -> None:
        if not answer.done():
            answer.set_result(found) if error is None else answer.set_exception(error)

    def look() -> None:
        found: tuple[str, ...] = ()
        failed: Exception | None = None
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found = tuple(dict.fromkeys(str(row[4][0]) for row in rows))
        except (OSError, UnicodeError) as error:
            failed = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(tell, found, failed)

    threading.Thread(target=look, daemon=True).start()
    return await answer
