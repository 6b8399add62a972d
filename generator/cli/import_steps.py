"""What became of an import in; what to do next, in words for a terminal, out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..importers import Importer
    from ..importers.mapping import Columns
    from ..importers.outcomes import Account
    from ..importers.source import Source

MAPPED = ("csv", "kobo", "json")  # the formats whose columns are mapped to keys


def next_steps(
    account: Account, importer: Importer, source: Source, columns: Columns | None, folder: Path | None
) -> list[str]:
    """Return what to do with the drafts."""
    steps: list[str] = []
    if importer.NAME in MAPPED and columns is None:
        steps += _mapping_used(importer, source)
    if not source.licence:
        steps.append("\nno licence is known for this source: ask for it, and say it with --licence")
    if folder is None:
        steps.append("\nnothing was written (--dry-run)")
    elif account.drafted:
        steps.append(
            f"\nnext: read the drafts in {folder}, then\n"
            "  karakana check\n"
            f"  git switch --create import-{importer.NAME}\n"
            f"  git add {folder} && git commit --message 'registry: Drafts from {source.name}'\n"
            f"  git push --set-upstream origin import-{importer.NAME}   and open a pull request"
        )
    return steps


def _mapping_used(importer: Importer, source: Source) -> list[str]:
    from ..importers import flat, kobo, mapping, structured

    names = structured.header(source.head()) or flat.columns(source.head())
    if not names:
        return []
    guess = kobo.suggested(names) if importer.NAME == "kobo" else mapping.guessed(names)
    used = {column for column, _, _ in guess.columns}
    told = mapping.written(guess, [name for name in names if name and name not in used])
    return [f"\nthe mapping was guessed from the columns' names; correct it in a file for --mapping:\n{told.rstrip()}"]
