"""Texts and values as other lists have them in; plain lines, prose, lists, numbers, years and addresses out."""

from __future__ import annotations

import ast
import html
import json
import math
import re
import unicodedata
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from ..checks import texts

# Soft hyphens, zero-width and direction marks, byte order marks, and the letter that stands for a broken one.
_INVISIBLE = re.compile("[\u00ad\u180e\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd\ud800-\udfff]")
_JOINERS = re.compile("(?<![\u0600-\u0dff])[\u200c\u200d](?![\u0600-\u0dff])")  # Arabic and Indic texts need them
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]+")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--.*?--)>", re.DOTALL)
_BLOCKS = frozenset({"p", "br", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section"})
_SILENT = frozenset({"script", "style", "template"})
_QUOTED = re.compile(r"\A(['\"])(.*)\1\Z", re.DOTALL)
_PARTS = re.compile(r"[;,|\n]")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\\x00-\x1f]+")
_NAKED = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?::\d+)?(?:[/?#][^\s<>\"'`\\]*)?", re.I)
_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{1,62}")
_NUMBER = re.compile(r"[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[-+]?\d+)?", re.I)
_NOTHING = frozenset({"", "-", "--", "?", "n/a", "na", "nan", "nil", "none", "null", "unknown", "tbd", "undefined"})
_YES = frozenset({"1", "true", "yes", "y", "x", "oui", "sim", "ndiyo", "نعم", "ja", "si", "sí", "present", "✓", "✔"})
_NO = frozenset({"0", "false", "no", "n", "non", "não", "nao", "hapana", "لا", "nein", "absent"})


def line(value: Any, limit: int = 0) -> str:
    """Return a value as one line of text; "" for what stands for nothing (None, "n/a", "NaN"). Over `limit` it is cut.

    Tags and entities of HTML, invisible characters and doubled spaces go; letters are composed (NFC).
    """
    found = " ".join(prose(value).split())
    return cut(found, limit) if limit else found


def prose(value: Any, limit: int = 0) -> str:
    """Return a value as text of one or several lines, with paragraphs where HTML had them; else like `line`."""
    if value is None or isinstance(value, bool | dict | list):
        return ""
    if isinstance(value, float) and (math.isnan(value) or value.is_integer()):
        value = "" if math.isnan(value) else int(value)
    found = str(value)
    if found.isascii() and found.isprintable() and "<" not in found and "&" not in found:  # nearly all are
        found = " ".join(found.split())
    else:
        found = _mended(found)
    if found.lower() in _NOTHING:
        return ""
    return cut(found, limit) if limit else found


def _mended(found: str) -> str:
    """Return text without markup and without characters that no record holds."""
    if "<" in found and _TAG.search(found):
        found = _stripped(found)
    elif "&" in found:
        found = html.unescape(found)
    found = _JOINERS.sub(
        "", _INVISIBLE.sub("", found.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    )
    found = unicodedata.normalize("NFC", _CONTROL.sub(" ", found))
    return _LINES.sub("\n\n", "\n".join(_SPACES.sub(" ", one).strip() for one in found.split("\n"))).strip()


def cut(text: str, limit: int) -> str:
    """Return text of at most `limit` characters, cut at a word, with … where something is gone."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    at = max(kept.rfind(" "), kept.rfind("\n"))
    return kept[: at if at > limit // 2 else limit - 1].rstrip(" ,;:\n") + "…"


class _Stripper(HTMLParser):
    """Collects the text of HTML, with line breaks where blocks begin or end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.silent += tag in _SILENT
        self.parts.append({"li": "\n- ", "p": "\n\n"}.get(tag, "\n" if tag in _BLOCKS else ""))

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in _SILENT and self.silent > 0
        self.parts.append("\n" if tag in _BLOCKS and tag != "br" else "")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def _stripped(text: str) -> str:
    stripper = _Stripper()
    stripper.feed(text)
    stripper.close()
    return "".join(stripper.parts)


def items(value: Any) -> list[str]:
    """Return the words of a list however it is written: a list, JSON or Python's in a cell, or parted by , ; | or line.

    Each is a `line`; empty ones are left out.
    """
    if isinstance(value, str):
        found = value.strip()
        value = _written(found) if found[:1] in "[({" else None
        if value is None:
            value = _PARTS.split(found.strip("[](){}") if found[:1] in ("[", "(", "{") else found)
            value = [_QUOTED.sub(r"\2", one.strip()) for one in value]
    if isinstance(value, dict):
        value = [key for key, is_so in value.items() if is_so]
    if isinstance(value, str | int | float):
        value = [value]
    return [word for one in value or () if not isinstance(one, dict | list | tuple | set) and (word := line(one))]


def _written(found: str) -> Any:
    """Return the list that a cell holds in JSON or as Python prints one; None when it is neither."""
    try:
        value = json.loads(found)
    except (ValueError, RecursionError):
        try:
            value = ast.literal_eval(found[:10_000])
        except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
            return None
    if isinstance(value, tuple | set):
        value = sorted(value, key=str) if isinstance(value, set) else list(value)
    return value if isinstance(value, list | dict) else [value]


def number(value: Any) -> float | None:
    """Return a number, also one with a decimal comma; None for what is none, and for infinity."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        found = _NUMBER.fullmatch(value.strip().rstrip("°"))
        if found is None:
            return None
        value = found[0].replace(",", ".")
    try:
        result = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return result if math.isfinite(result) else None


def answer(value: Any) -> str:
    """Return "yes" or "no" for a value that says so in one of many ways, "" for any other."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    word = line(value).lower()
    return "yes" if word in _YES else "no" if word in _NO else ""


def presence(value: Any) -> str:
    """Return "present" or "absent" for a yes or a no, "" for any other."""
    return {"yes": "present", "no": "absent", "": ""}[answer(value)]


def year(value: Any) -> int | None:
    """Return the year that a year or a date begins or ends with; None when it is none from 1500 to 2999."""
    found = re.match(r"\s*(\d{4})(?!\d)", str(value)) or re.search(r"(?<!\d)(\d{4})\s*$", str(value))
    return int(found[1]) if found and 1500 <= int(found[1]) <= 2999 else None


def website(value: Any) -> str:
    """Return an http(s) address with a host that can exist, `https://` put before a bare one; else ""."""
    found = line(value).strip("<>()[],; ")
    if " " in found:
        found = next((part for part in found.split() if part.startswith(("http://", "https://"))), found.split()[0])
    found = re.sub(r"\Ahttps?:/*(?=https?:)", "", re.sub(r"\Ahttp(s?):/*", r"http\1://", found, flags=re.I), flags=re.I)
    if _NAKED.fullmatch(found):
        found = f"https://{found}"
    try:
        host = urlsplit(found).hostname or ""
        _ = urlsplit(found).port
    except ValueError:
        return ""
    if texts.host_fault(host.encode()):
        return ""
    is_fine = (
        _ADDRESS.fullmatch(found) and _HOST.fullmatch(host) and len(found) <= 500 and "@" not in urlsplit(found).netloc
    )
    return found if is_fine else ""
