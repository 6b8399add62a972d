"""An address in; whether it is a hub's page in a directory, and which network that means, out."""

from __future__ import annotations

from urllib.parse import urlsplit

# Sites that list hubs: a page there is the same hub elsewhere, not the hub's own site.
_DIRECTORIES = (
    "fablabs.io", "hackerspaces.org", "makerspaces.com", "makerspace-network.org", "make.works", "openstreetmap.org",
    "wikidata.org", "wikipedia.org", "mapall.space", "vow.map", "fabfoundation.org", "offene-werkstaetten.org",
)  # fmt: skip


def is_listing(address: str) -> bool:
    """Tell whether an address leads to a page about one hub in a directory."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    return parts.path.strip("/") != "" and any(host == name or host.endswith(f".{name}") for name in _DIRECTORIES)


def placed(address: str) -> dict[str, object]:
    """Return a hub's `same_as` for a page in a directory, its `website` for any other address, {} for none."""
    if not address:
        return {}
    return {"same_as": [address]} if is_listing(address) else {"website": address}


def is_fablabs_io(address: str) -> bool:
    """Tell whether an address is a lab's page on fablabs.io."""
    parts = urlsplit(address)
    return (parts.hostname or "").removeprefix("www.") == "fablabs.io" and parts.path.startswith("/labs/")
