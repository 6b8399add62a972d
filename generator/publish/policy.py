"""A finished page's HTML in; the Content-Security-Policy that admits just its own scripts and styles out.

https://www.w3.org/TR/CSP3/ : a page that loads nothing from other hosts and runs no script but files of its
own host and the theme's few inline scripts, each named by the SHA-256 of its text. A page with a map may also show
images of the server of street maps that `registry.yaml` names, which it asks for when somebody agrees.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_MAPS = ("assets/app/map.js", "assets/app/explore.js", "assets/app/embed.js", "assets/app/form.js")
_HOST = re.compile(r"(https://)(\{s\}\.)?([a-z0-9.-]+(?::[0-9]+)?)/")
_TAGS = re.compile(r"<a class=\"headerlink\".*?</a>|<[^>]+>", re.DOTALL)


def tag(page: str, tiles: str = "") -> str:
    """Return the `<meta>` element with the policy for a page's HTML; `tiles` is the host of street maps, if any."""
    return f'<meta http-equiv="Content-Security-Policy" content="{of(page, tiles)}">'


def host(tiles: str) -> str:
    """Return the host of an address of tiles as a policy names it: `https://*.tile.example`; "" for no address."""
    found = _HOST.match(tiles)
    return f"{found[1]}{'*.' if found[2] else ''}{found[3]}" if found else ""


def of(page: str, tiles: str = "") -> str:
    """Return the policy for a page's HTML."""
    scripts = [found["text"] for found in _SCRIPT.finditer(page) if _runs(found["attributes"])]
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *_hashes(scripts))),
            " ".join(("style-src 'self'", *_hashes(_STYLE.findall(page)))),
            " ".join(("img-src 'self' data:", *([tiles] if tiles and any(name in page for name in _MAPS) else []))),
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
        )
    )


def bare(markup: str) -> str:
    """Return the text of a heading's HTML, without its link to itself."""
    return html.unescape(_TAGS.sub("", markup)).strip()


def _runs(attributes: str) -> bool:
    return "src=" not in attributes and "json" not in attributes


def _hashes(texts: list[str]) -> list[str]:
    digests = (hashlib.sha256(text.encode()).digest() for text in texts if text)
    return sorted({f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests})
