"""A website's address in; what of it tells one hub's site from another's, and whether the site bears a name, out."""

from __future__ import annotations

import functools
import re
from urllib.parse import parse_qsl, urlsplit

from .. import words

_FRONT = re.compile(
    r"(?:/(?:index|home|default|main)\.[a-z]{3,5}|/(?:[a-z]{2}|[a-z]{2}[-_][a-z]{2})|/(?:home|wiki|blog|accueil))?/*\Z"
)
_LEAD = re.compile(r"\A(?:(?:www\d?|m|mobile|web|old|new|[a-z]{2}-[a-z]{2}(?=\.facebook))\.(?=.*\.))+")
_IDLE = re.compile(r"utm_\w+|fbclid|gclid|ref\w*|lang\w*|hl|locale|l|igshid|_rdr|sk|mibextid|v")  # of a query
_SOCIAL = (
    "facebook.com", "fb.com", "fb.me", "instagram.com", "twitter.com", "x.com", "linkedin.com", "youtube.com",
    "t.me",
    "meetup.com", "github.com", "github.io", "gitlab.com", "google.com", "wordpress.com", "wixsite.com", "wix.com",
    "blogspot.com", "weebly.com", "tumblr.com", "linktr.ee", "bit.ly", "goo.gl", "tinyurl.com", "eventbrite.com",
    "flickr.com", "vimeo.com", "gmail.com", "googlemail.com", "googlegroups.com", "outlook.com", "hotmail.com",
    "gmx.de", "web.de", "yahoo.com", "yahoo.fr", "posteo.de", "riseup.net", "mailbox.org", "protonmail.com",
    "orange.fr", "discord.gg", "wa.me", "whatsapp.com", "medium.com", "jimdo.com", "jimdofree.com",
)  # fmt: skip
_SHORT = ("bit.ly", "goo.gl", "tinyurl.com", "t.co")
_SECOND = frozenset({"co", "com", "org", "net", "ac", "edu", "gov", "gob", "or", "ne"})


@functools.lru_cache(1 << 16)
def site(address: str) -> str:
    """Return an address without what does not tell: scheme, `www.`, language, front page's name, tracking; else "".

    What stays of a query names a page: `index.php?title=Lab`, `profile.php?id=7`.
    """
    if not address:
        return ""
    try:
        parts = urlsplit(address.strip().lower())
        host = parts.hostname or ""
    except ValueError:
        return address.lower()
    host = _LEAD.sub("", host.rstrip("."))
    host = {"fb.com": "facebook.com", "fb.me": "facebook.com"}.get(host, host)
    kept = sorted((key, value) for key, value in parse_qsl(parts.query) if not _IDLE.fullmatch(key))
    query = "&".join(f"{key}={value}" for key, value in kept)
    path = parts.path.rstrip("/") if query else _FRONT.sub("", parts.path)
    if host == "facebook.com":
        path = re.sub(r"\A/pg(?=/)|/(?:about|posts|events|photos)\Z", "", path)
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def is_social(address: str) -> bool:
    """Tell whether an address leads to a page on a site that serves everybody."""
    host = site(address).partition("/")[0]
    return any(host == name or host.endswith(f".{name}") for name in _SOCIAL)


def is_short(address: str) -> bool:
    """Tell whether an address leads elsewhere, nobody knows where."""
    return site(address).partition("/")[0] in _SHORT


@functools.lru_cache(1 << 16)
def name_of(address: str) -> str:
    """Return the name that a site bears, without spaces: 'woodhouse' of 'https://www.wood-house.org/en/'; "" for none.

    On a site that serves everybody it is the page's name.
    """
    plain = site(address)
    host, _, path = plain.partition("/")
    if is_social(address):
        owner = host.removesuffix(next((f".{name}" for name in _SOCIAL if host.endswith(f".{name}")), ""))
        return words.term(path.partition("/")[0].partition("?")[0] if owner == host else owner)
    labels = host.split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND:
        labels.pop()
    return words.term(labels[-1]) if labels else ""


def host_of(address: str) -> str:
    """Return the host of an address for comparing."""
    return site(address).partition("/")[0].partition("?")[0]
