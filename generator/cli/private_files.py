"""A path and bytes that are not for everybody in; a new file that only its owner reads, whole or not at all, out."""

from __future__ import annotations

import os
from pathlib import Path

import click

from .. import markdown


def write_new(path: Path, content: bytes, hint: str = "choose another name") -> None:
    """Write a file: nothing is overwritten, and a full disk or an interrupt leaves nothing of it behind."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except OSError as error:
        raise _refused(path, error, hint) from error
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _refused(path, error, f"nothing of it was kept; {hint}") from error
        raise


def refuse_bad_place(path: Path, hint: str = "choose another name") -> None:
    """Refuse a place where `write_new` could not write, before anything else is done."""
    if os.path.lexists(path):
        raise click.ClickException(f"{_shown(path)} is there already; {hint}")
    if not path.parent.is_dir():
        raise click.ClickException(f"{_shown(path.parent)} is no folder; make it, or choose another place")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise click.ClickException(f"nothing can be written in {_shown(path.parent)}; choose another place")


def repository_around(path: Path) -> Path | None:
    """Return the Git repository that a file lies in, or would lie in, from where it may be published."""
    return next((folder for folder in path.resolve().parents if (folder / ".git").exists()), None)


def warn_of_repository(path: Path) -> None:
    """Say on the error stream that a file of one person lies where others may come by it."""
    if (folder := repository_around(path)) is not None:
        note = f"note: {_shown(path)} is one person's and lies in the Git repository {_shown(folder)}: do not commit it"
        click.echo(note, err=True)


def _refused(path: Path, error: OSError, hint: str) -> click.ClickException:
    why = " is there already" if isinstance(error, FileExistsError) else f": {error.strerror}"
    return click.ClickException(f"{_shown(path)}{why}; {hint}")


def _shown(path: Path) -> str:
    return markdown.visible(str(path))
