"""A folder for a contract or an order in; the registry that it lies in, which everybody reads, out."""

from __future__ import annotations

from pathlib import Path


def registry_around(folder: Path) -> Path | None:
    """Return the folder of the registry that a folder lies in, or would lie in; None outside of every one."""
    for around in (folder.resolve(), *folder.resolve().parents):
        if (around / "registry.yaml").is_file() or (around / "registry" / "registry.yaml").is_file():
            return around
    return None
