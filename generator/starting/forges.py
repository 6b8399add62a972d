"""The address of a repository in; the forge's software, the owner, and where its pages are published, out."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

KINDS = ("github", "gitlab", "forgejo")
_HOSTS = {"github.com": "github", "gitlab.com": "gitlab", "codeberg.org": "forgejo"}
_PAGES = {"github.com": "github.io", "gitlab.com": "gitlab.io", "codeberg.org": "codeberg.page"}


class Forge(NamedTuple):
    """Where records are kept: the software (one of `KINDS`) and the repository's address."""

    kind: str
    repository: str

    @property
    def owner(self) -> str:
        """The account or organisation that the repository belongs to; groups within groups as they stand."""
        return urlsplit(self.repository).path.strip("/").rpartition("/")[0]


def known(repository: str) -> str:
    """Return the software behind an address: that of a host that is known or says so in its name; "" for another."""
    host = urlsplit(repository).hostname or ""
    return _HOSTS.get(host) or next((kind for kind in KINDS if kind in host.split(".")[0]), "")


def site_of(forge: Forge) -> str:
    """Return where a known host publishes the pages of a repository; "" for another."""
    parts = urlsplit(forge.repository)
    name = parts.path.strip("/").rpartition("/")[2]
    pages = _PAGES.get(parts.hostname or "")
    owner, _, groups = forge.owner.partition("/")
    if not pages or not owner or not name:
        return ""
    home = f"https://{owner.lower()}.{pages}/"
    return home if home == f"https://{name.lower()}/" else f"{home}{groups + '/' if groups else ''}{name}/"
