"""`karakana contract sign` and `contract verify`: signatures of hubs under a contract."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from .. import checks, documents, markdown, signatures
from ..contracts import signing
from ..contracts.signing import Contents, SigningError, Verdict
from ..diagnostics import Severity
from ..records import Contract
from ..registry import Registry, Scope, replaced
from ..signatures import ReadError
from .hub_keys import (
    address_of,
    key_option,
    keys_of,
    open_key,
    passphrase_option,
    registry_of,
    registry_option,
)
from .reading import beginning, whole
from .session import CLEAN, FINDINGS

MANIFEST, PARAMETERS, TEMPLATE = "manifest.json", "parameters.json", "template.json"
_TEXT = re.compile(r"contract\.(?P<language>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.md")
_TEMPLATE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/[0-9]{1,4}")


@click.command()
@click.argument("manifest", metavar="FOLDER", type=click.Path(exists=True, path_type=Path))
@key_option
@click.option("--hub", required=True, metavar="ID", help="Who signs: a hub, or did:key:… of a party without one.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Today when left out.")
@passphrase_option
@registry_option
def sign(
    *, manifest: Path, key_file: Path, hub: str, day: datetime | None, passphrase_fd: int | None, start: Path | None
) -> int:
    """Sign a contract's manifest for a hub, once every part of the contract is what the manifest says.

    The FOLDER is the contract's; its manifest works, too.

    \b
    karakana contract sign contract --key ~/keys/kumasi-hive.pem --hub gh/kumasi-hive
    """
    registry = registry_of(start)
    manifest = manifest / MANIFEST if manifest.is_dir() else manifest
    contents = read_contents(manifest.parent, registry, manifest.name)
    found = signing.verified(contents, keys_of(registry, [hub]))
    if bad := [part for part in found.parts if part.fault]:
        click.echo("".join(f"{_shown(part.name)}: {_shown(part.fault)}\n" for part in bad), nl=False, err=True)
        raise click.ClickException("not signed: the contract is not what its manifest says")
    if refused := template_faults(contents, registry):
        click.echo("".join(f"the template: {_shown(one)}\n" for one in refused), nl=False, err=True)
        raise click.ClickException("not signed: the checks refuse its template, so that nobody knows what it says")
    if hub not in [one.party.hub for one in found.signatures]:
        raise click.ClickException(f"`{hub}` is no party of this contract")
    signer = open_key(key_file, passphrase_fd)
    at = day or datetime.now(UTC)
    if wrong := signatures.key_fault(keys_of(registry, [hub]), hub, signer.public_key, at.date()):
        raise click.ClickException(wrong)
    try:
        after = signing.signed(contents.manifest, signer, hub, address_of(registry), f"{at:%Y-%m-%dT%H:%M:%SZ}")
    except SigningError as error:
        raise click.ClickException(str(error)) from error
    write(manifest, signatures.canonical(after) + b"\n")
    click.echo(f"{manifest}: signed by {hub}")
    return CLEAN


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--template", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="The template's record that you trust (YAML); the registry's when left out.",
)  # fmt: skip
@registry_option
def verify(*, folder: Path, template: Path | None, start: Path | None) -> int:
    """Compute every hash of a contract's folder anew, check each party's signature, and say who has not signed.

    The template is filled in again with the contract's values: a text that was changed together with its hash is found.
    Nothing is fetched: keys and template come from this machine. The exit code is 0 when the contract is whole and
    every party that has a key has signed, else 1.
    """
    registry = registry_of(start)
    contents = read_contents(folder, registry)
    if template is not None:
        contents = contents._replace(template=documents.examine(beginning(template, documents.LIMIT_BYTES + 1)).data)
    hubs = [one.hub for one in signing.signatories(contents)]
    found = signing.verified(contents, keys_of(registry, hubs))
    for one in template_faults(contents, registry) if found.is_whole else ():
        click.echo(f"note: the checks refuse its template: {_shown(one)}")
    click.echo(report(found), nl=False)
    if beside := _beside(folder):
        click.echo(f"beside it, and not part of what is signed: {_shown(', '.join(beside))}")
    return CLEAN if found.is_signed else FINDINGS


def _beside(folder: Path) -> list[str]:
    """Return the files of a contract's folder that no signature covers, such as copies for reading."""
    known = (MANIFEST, PARAMETERS, TEMPLATE)
    return [one.name for one in sorted(folder.iterdir()) if one.name not in known and not _TEXT.fullmatch(one.name)]


def read_contents(folder: Path, registry: Path, name: str = MANIFEST) -> Contents:
    """Return what lies in a contract's folder, with the template from the registry."""
    refuse_links(*sorted(folder.iterdir()))
    manifest, parameters = _json(folder / name), _json(folder / PARAMETERS)
    if not isinstance(manifest, Mapping):
        raise click.ClickException(f"{folder / name} is no manifest")
    texts = {
        found["language"]: whole(path) for path in sorted(folder.iterdir()) if (found := _TEXT.fullmatch(path.name))
    }
    copy = _json(folder / TEMPLATE) if (folder / TEMPLATE).exists() else None
    return Contents(manifest, parameters, texts, _template(registry, manifest), copy)


def template_faults(contents: Contents, registry: Path) -> tuple[str, ...]:
    """Return what the checks of today find wrong with a contract's template, as `contract fill` asks them."""
    id = found if _TEMPLATE.fullmatch(found := _template_id(contents.manifest)) else "it/1"
    data = contents.copy if contents.copy is not None else contents.template
    path = f"{Contract.folder}/{id}.yaml"
    sources = {path: signatures.canonical(data), "registry.yaml": (registry / "registry.yaml").read_bytes()}
    alone = replaced(Registry(root=registry, as_of=datetime.now(UTC).date(), tables={}), sources)
    asked = alone.within(Scope(changed=frozenset({(Contract.record_kind, id)})))
    wrong = [one for one in checks.run(asked, checks.TEMPLATES) if one.severity is Severity.ERROR]
    return tuple(f"{one.message} ({one.hint})" for one in wrong if one.location.path == path)


def refuse_links(*paths: Path) -> None:
    """Stop at a symbolic link: what it leads to may change without a trace, and lie anywhere. At a pipe, too."""
    for path in paths:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise click.ClickException(f"{path} is no file that can be read")
        if path.is_symlink():
            raise click.ClickException(f"{path} is a symbolic link; put the file itself there")


def _template(registry: Path, manifest: Mapping[str, Any]) -> Any:
    id = _template_id(manifest)
    if not _TEMPLATE.fullmatch(id):
        return None
    path = registry / "contracts" / f"{id}.yaml"
    return documents.examine(path.read_bytes()).data if path.is_file() else None


def _template_id(manifest: Mapping[str, Any]) -> str:
    named = manifest.get("template")
    id = named.get("id") if isinstance(named, Mapping) else None
    return id if isinstance(id, str) else ""


def _json(path: Path) -> Any:
    try:
        return signatures.read(whole(path))
    except ReadError as error:
        raise click.ClickException(f"{path}: {error}") from error


def report(found: Verdict) -> str:
    """Return what holds of a contract, a line each."""
    lines = [f"{_shown(part.name)}: {_shown(part.fault) or 'unchanged'}" for part in found.parts]
    for one in found.signatures:
        who = f"{one.party.name} ({', '.join(filter(None, (one.party.hub, *one.party.roles)))})"
        state = {"signed": f"signed on {one.why[:10]}", "missing": "has not signed"}.get(
            one.state, f"{one.state}: {one.why}"
        )
        lines.append(f"{_shown(who)}: {_shown(state)}")
    lines += [f"signed by `{_shown(hub)}`, who is no party" for hub in found.strangers]
    return "\n".join([*lines, *_ending(found)]) + "\n"


def _ending(found: Verdict) -> Iterator[str]:
    """Yield what all that comes to. A signature on paper is nothing that can be checked here."""
    on_paper = [one.party.name for one in found.signatures if one.state == "on paper"]
    if not found.is_whole:
        yield "NOT what the parties signed"
        return
    if on_paper and len(on_paper) == len(found.signatures):
        yield "whole; no signature can be checked: every party signs on paper"
    elif on_paper and found.is_signed:
        yield f"whole and signed by every party that has a key; on paper, not checked: {_shown(', '.join(on_paper))}"
    else:
        yield "whole and signed by every party" if found.is_signed else "whole, and not signed by every party"


def _shown(text: object) -> str:
    return markdown.visible(" ".join(str(text).split()))


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)
