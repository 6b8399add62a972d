"""A file's bytes in; the name of the encoding in which they are most likely written out."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from charset_normalizer import from_bytes

_MARKS = (  # longer ones first: that of UTF-32 begins like that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_PIECE = 1 << 16
_SAMPLE = 1 << 14  # bytes of lines with letters beyond ASCII: enough to tell, and little to look at
_FOREIGN = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
# What lists of hubs are written in when not in UTF-8. The first are tried for closeness in this order.
_WESTERN = ("cp1252", "cp850", "mac_roman")
_OTHERS = (
    "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp866", "koi8_r", "shift_jis", "euc_jp", "euc_kr",
    "gb18030", "big5",
)  # fmt: skip
_LETTERS = frozenset("àáâãäåæçèéêëìíîïñòóôõöøœùúûüýßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜÝ’‘“”„–—…«»°·€")


def detected(file: BinaryIO) -> str:
    """Return the encoding of a file that is open at its start: by its mark, else UTF-8 if it is, else by its look."""
    head = file.read(_PIECE)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if name := _wide(head):
        return name
    return "utf-8" if _is_utf8(head, file) else _by_look(head, file)


def _wide(head: bytes) -> str:
    """Return UTF-16 without a mark: in Western texts every other byte is zero."""
    if len(head) >= 4:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        if odd > len(head) // 5 and even < odd // 8:
            return "utf-16-le"
        if even > len(head) // 5 and odd < even // 8:
            return "utf-16-be"
    return ""


def _is_utf8(piece: bytes, file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece:
            decoder.decode(piece)
            piece = file.read(_PIECE)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _by_look(head: bytes, file: BinaryIO) -> str:
    """Return the encoding in which the lines with other letters than ASCII's look like text."""
    file.seek(0)
    sample = b""
    for line in file:
        if _FOREIGN.match(line):
            sample += line[:1000]
            if len(sample) > _SAMPLE:
                break
    sample = sample or head
    if western := _western(sample):
        return western
    best = from_bytes(sample, cp_isolation=[*_OTHERS, *_WESTERN]).best()
    return best.encoding if best is not None else "cp1252"


def _western(sample: bytes) -> str:
    """Return the Western encoding in which nearly all other letters are those of Western languages, or ""."""
    found = [(share, -at, name) for at, name in enumerate(_WESTERN) if (share := _share(sample, name)) > 0.9]
    return max(found)[2] if found else ""


def _share(sample: bytes, name: str) -> float:
    """Return which share of the letters beyond ASCII are Western ones, with small letters inside of words."""
    text = sample.decode(name, errors="replace")
    good = every = 0
    for before, letter in zip(f" {text}", text, strict=False):
        if letter > "\x7f":
            every += 1
            good += letter in _LETTERS and not (before.islower() and letter.isupper())
    return good / every if every else 0.0
