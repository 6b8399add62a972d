"""`karakana owners`: who must approve a change."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TextIO

import click

from .. import owners as rules
from ..owners import Account, People, Verdict
from ..reports import ownership
from ..revisions import open_revisions
from .session import CLEAN, FINDINGS, find_folder, git_errors


class _AccountType(click.ParamType[Account]):
    """An account on the forge, as `LOGIN` or `LOGIN:ID`."""

    name = "account"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Account:
        """Return the account that was written."""
        try:
            return rules.account(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command()
@click.option("--base", required=True, metavar="REV", help="Where the change would go, such as origin/main.")
@click.option("--head", default="HEAD", metavar="REV", help="The last commit of the change; HEAD when left out.")
@click.option(
    "--author", "authors", multiple=True, type=_AccountType(), metavar="LOGIN[:ID]",
    help="Who proposes it and vouches for it; left out, nobody does.",
)  # fmt: skip
@click.option(
    "--approved-by", "approvals", multiple=True, type=_AccountType(), metavar="LOGIN[:ID]", help="Who approved it."
)
@click.option(
    "--reviews", type=click.File(encoding="utf-8"), metavar="FILE",
    help="Reviews as the forge's API lists them (JSON); approvals of the head commit count.",
)  # fmt: skip
@click.option(
    "--maintainer", "maintainers", multiple=True, type=_AccountType(), metavar="LOGIN[:ID]",
    help="A maintainer, beside those of the base's registry.yaml.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(sorted(ownership.FORMATS)), default="text", help="text, if left out."
)
def owners(
    *,
    base: str,
    head: str,
    authors: tuple[Account, ...],
    approvals: tuple[Account, ...],
    reviews: TextIO | None,
    maintainers: tuple[Account, ...],
    form: str,
) -> int:
    """Say who must approve each file of a change, why, and whether they have.

    Stewards and maintainers are read from the base, never from the change itself. ID is the account's number on the
    forge: a login that somebody else took over does not count where the record gives the number.

    \b
    karakana owners --base origin/main
    karakana owners --base origin/main --author kumasi-hive:583231 --approved-by ama:1024
    """
    listed = _listed(reviews) if reviews else []
    found = _verdict(find_folder(), (base, head), People(authors, approvals, maintainers), listed)
    click.echo(ownership.FORMATS[form](found), nl=False)
    return FINDINGS if found.missing else CLEAN


def _listed(reviews: TextIO) -> Any:
    try:
        return json.load(reviews)
    except ValueError as error:
        raise click.BadParameter(f"{reviews.name} is no JSON: {error}", param_hint="--reviews") from error


def _verdict(folder: Path, revisions: tuple[str, str], people: People, reviews: Any) -> Verdict:
    with git_errors():
        opened = open_revisions(folder, *revisions)
        changes = opened.changes(partial(rules.needs_content, opened.lead))
        known = opened.known(rules.wanted(opened.lead, changes))
    try:
        approved = (*people.approvals, *rules.approvals(reviews, opened.head))
    except (ValueError, KeyError, TypeError) as error:
        raise click.BadParameter(f"no list of reviews: {error}", param_hint="--reviews") from error
    return rules.verdict(known, changes, replace(people, approvals=approved))
