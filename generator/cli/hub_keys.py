"""A registry's folder and the ids of hubs in; their public keys as the records have them, without reading the rest."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterable
from datetime import datetime
from getpass import GetPassWarning
from pathlib import Path

import click

from .. import documents, signatures
from ..records import Hub
from ..registry import single
from ..signatures import KeyFileError, Keys, Signer
from .private_files import repository_around
from .reading import beginning
from .session import find_folder

HUB_ID = re.compile(r"[a-z]{2}/[a-z0-9]+(?:-[a-z0-9]+)*")
_MOST = 64 * 1024  # bytes of a key file


def keys_of(registry: Path, hubs: Iterable[str]) -> Keys:
    """Return the keys of those hubs that the registry has a sound record of."""
    found = {hub: record.keys for hub in set(hubs) if (record := single(registry, Hub, hub)) is not None}
    return dict(sorted(found.items()))


def registry_of(start: Path | None) -> Path:
    """Return the registry's folder around a folder (the working one when None), for commands with `--registry`."""
    return find_folder(start, "run this inside a registry, or name it with --registry FOLDER")


def address_of(registry: Path) -> str:
    """Return the address of the registry's site, which stands in the name of a key."""
    data = documents.examine((registry / "registry.yaml").read_bytes()).data
    return str(data.get("url", "")) if isinstance(data, dict) else ""


def open_key(path: Path, passphrase_fd: int | None) -> Signer:
    """Return the signer in a key file, asking for its passphrase or reading it from a file descriptor."""
    outside_repositories(path)
    source = beginning(path, _MOST)
    try:
        return signatures.opened(source, passphrase(passphrase_fd, again=False))
    except KeyFileError as error:
        raise click.ClickException(f"{path}: {error}") from error


def signer_of(registry: Path, hub: str, key_file: Path, descriptor: int | None, now: datetime) -> Signer:
    """Return the signer in a key file, which must be one of the hub's keys that count today."""
    signer = open_key(key_file, descriptor)
    if wrong := signatures.key_fault(keys_of(registry, [hub]), hub, signer.public_key, now.date()):
        raise click.ClickException(f"{wrong}; `karakana key show` prints the lines for the record")
    return signer


def outside_repositories(path: Path) -> None:
    """Refuse a private file that lies in a Git repository, from where it might be published."""
    if (folder := repository_around(path)) is not None:
        raise click.ClickException(
            f"{path} lies in the Git repository {folder}, from where it may be published; keep it elsewhere"
        )


def passphrase(descriptor: int | None, *, again: bool) -> bytes:
    """Return a passphrase: typed unseen (twice when it is new), or the first line that a file descriptor gives."""
    if descriptor is None:
        return _typed(again=again).encode()
    try:
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            return stream.readline().rstrip(b"\r\n")
    except OSError as error:
        raise click.ClickException(f"nothing can be read from descriptor {descriptor}: {error.strerror}") from error


def _typed(*, again: bool) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)  # it would be seen by whoever stands there
        try:
            typed: str = click.prompt("passphrase", hide_input=True, confirmation_prompt=again, err=True)
        except GetPassWarning as error:
            raise click.ClickException(
                "there is no terminal on which a passphrase can be typed unseen; give it with --passphrase-fd N"
            ) from error
    return typed


key_option = click.option(
    "--key", "key_file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="The hub's private key: an encrypted PKCS#8 file, outside every repository.",
)  # fmt: skip
passphrase_option = click.option(
    "--passphrase-fd", type=click.IntRange(min=0), metavar="N",
    help="Read the passphrase from this file descriptor instead of asking.",
)  # fmt: skip
registry_option = click.option(
    "--registry", "start", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER",
    help="The registry that has the hubs' keys; the one around this folder when left out.",
)  # fmt: skip
hub_option = click.option("--hub", required=True, metavar="ID", help="The hub that signs, such as gh/kumasi-hive.")
