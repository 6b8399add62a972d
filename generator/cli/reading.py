"""A file's path in; its bytes out, or why it is not read: a pipe, a device, a link, or longer than such a file is."""

from __future__ import annotations

from pathlib import Path

import click

LARGEST = 16 * 1024 * 1024  # bytes of a file in the folder of a contract or an order


def beginning(path: Path, limit: int) -> bytes:
    """Return at most so many bytes of a file."""
    try:
        with path.open("rb") as stream:
            return stream.read(limit)
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from error


def whole(path: Path, limit: int = LARGEST) -> bytes:
    """Return the bytes of a file; whoever sent its folder may have put anything there."""
    if path.exists() and not path.is_file():
        raise click.ClickException(f"{path} is no file that can be read")
    content = beginning(path, limit + 1)
    if len(content) > limit:
        raise click.ClickException(f"{path} is longer than {limit:,} bytes")
    return content
