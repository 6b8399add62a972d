"""What a maker carries, as somebody named it, in; the passport in it, or why none can be read, for a terminal out.

It is named by a file, by `-` for what is piped or scanned in, or by the address that the code of a card holds, of which
the part behind the # is enough. A file may hold such an address too.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from .. import markdown
from ..passports import packing, presentation
from ..passports.presentation import Passport
from ..passports.values import Fault
from .reading import beginning

_SHOWN = 100  # characters of a name
_WEB = re.compile(r"(?i)https?://")
_BARE = re.compile(r"#?[0-9]{1,4}\.[0-9\s]*\Z", re.ASCII)
_WAY_OUT = "the address of a card ends with #1. and digits, and all of it is needed"
_OF_ADDRESSES = ("no-code", "misread", "not-digits")
METAVAR = "FILE|ADDRESS|-"


def _one(_: click.Context, option: click.Parameter, given: tuple[str, ...]) -> str:
    if len(given) > 1:
        raise click.BadParameter("one at a time: several credentials of a holder stand in one file", param=option)
    return given[0] if given else ""


passport_argument = click.argument("named", metavar=METAVAR)
passport_option = click.option(
    "--passport", "named", required=True, multiple=True, callback=_one, metavar=METAVAR,
    help="What the maker carries: a file, the address in a card's code, or - for standard input.",
)  # fmt: skip


def opened(named: str) -> Passport:
    """Return the passport that is meant; one that cannot be read as a whole is refused."""
    found = read(named)
    if isinstance(found, Fault):
        raise click.ClickException(f"{shown(named)}: {told(found)}")
    return found


def read(named: str) -> Passport | Fault:
    """Return the passport that is meant, or why it is none; what is not there at all is refused."""
    found = _unpacked(_source(named))
    passport = found if isinstance(found, Fault) else presentation.opened(found)
    if isinstance(passport, Fault) and passport.code in _OF_ADDRESSES:
        return passport._replace(message=f"{passport.message}; {_WAY_OUT}")
    return passport


def shown(named: str) -> str:
    """Return in words what was named: the digits of a card say nothing to anybody."""
    if named == "-":
        return "standard input"
    if _is_address(named):
        return "the address" if _WEB.match(named) else "the digits"
    text = markdown.visible(named)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def told(fault: Fault) -> str:
    """Return a fault in one line of letters that work on no terminal: its file is a stranger's."""
    return ascii(f"{fault.place}: {fault.message}" if fault.place else fault.message)[1:-1]


def unread(fault: Fault) -> str:
    """Return a line that says what in a passport could not be read."""
    return f"not read: {told(fault)}"


def _source(named: str) -> bytes:
    if named == "-":
        return _piped()
    if _WEB.match(named):
        return named.encode("utf-8", "replace")
    if named and _is_there(named):
        return _of_file(Path(named))
    if _is_address(named):
        return named.encode()
    if not named:
        raise click.UsageError("no name of a file, and no address of a card")
    raise click.UsageError(f"{shown(named)}: there is no such file, and {_WAY_OUT}")


def _is_there(named: str) -> bool:
    try:
        return Path(named).exists()
    except OSError:
        return False  # such as a name that is too long for a file


def _of_file(path: Path) -> bytes:
    """Return a file, or so much of it that it is seen to be too long."""
    if not path.is_file():
        raise click.ClickException(f"{shown(str(path))} is no file that can be read")
    return beginning(path, presentation.LIMIT_BYTES + 1)


def _piped() -> bytes:
    found = sys.stdin.buffer.read(presentation.LIMIT_BYTES + 1)
    if not found.strip():
        raise click.ClickException("standard input is empty: pipe a passport, or the address of a card")
    return found


def _is_address(text: str) -> bool:
    return _WEB.match(text) is not None or _BARE.match(text) is not None


def _unpacked(source: bytes) -> bytes | Fault:
    """Return the credential that an address holds; what is no address stays as it is."""
    text = source.decode("utf-8", "replace").strip() if source[:1] not in (b"{", b"[") else ""
    if not _is_address(text):
        return source
    digits = packing.digits_of("".join(text.split()))  # a mail program breaks long lines
    return digits if isinstance(digits, Fault) else packing.unpack(digits)
