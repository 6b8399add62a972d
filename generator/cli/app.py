"""The command group, its exit codes, and the one place where errors of the machine are caught."""

from __future__ import annotations

import io
import os
import sys
from typing import NoReturn

import click

from .. import __version__, markdown
from . import (
    building,
    checking,
    contracting,
    contributing,
    deciding,
    exporting,
    importing,
    keys,
    matching,
    opening,
    ordering,
    owning,
    passport_records,
    peering,
    planning,
    records,
    reviewing,
    starting,
    telling,
    writing,
)
from .session import FINDINGS, WRONG_USE

EPILOG = "Exit codes: 0 nothing to report, 1 findings of severity error, 2 wrong use or a failure."


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="karakana")
def cli() -> None:
    """An open registry of makerspaces: check its records, find things in it, build its site.

    \b
    karakana check                    check every record
    karakana check --since main       check what changed since main
    karakana new hub                  write a record by answering questions
    karakana find laser kumasi        search the records
    karakana build                    build the site
    """


for command in (
    checking.check, checking.explain, writing.fmt, writing.new, records.show, records.find, records.stats,
    matching.match, planning.plan, contracting.contract, keys.key, importing.import_, reviewing.diff, owning.owners,
    passport_records.passport, deciding.decide_, opening.where_,
    building.build, building.serve, exporting.export, ordering.order, peering.peers, contributing.from_issue,
    contributing.links, contributing.stale, starting.init,
    telling.history, records.completion,
):  # fmt: skip
    cli.add_command(command)


def run() -> NoReturn:
    """Run the command as all that this process does: it ends at once, without freeing its records one by one."""
    try:
        main()
    except SystemExit as end:
        os._exit(end.code if isinstance(end.code, int) else WRONG_USE)


def main() -> NoReturn:
    """Run the command and exit: 0 nothing to report, 1 findings, 2 wrong use or a failure."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may know fewer letters than our records
    try:
        code = cli.main(prog_name="karakana", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        # It names files, and whoever sent one may have given it a name that works on a terminal.
        told = io.StringIO()
        error.show(told)
        click.echo("\n".join(map(markdown.visible, told.getvalue().split("\n"))), nl=False, err=True)
        sys.exit(WRONG_USE)
    except (click.Abort, KeyboardInterrupt):
        click.echo("karakana: stopped; nothing was changed by halves", err=True)
        sys.exit(WRONG_USE)
    except BrokenPipeError:
        # Whoever read has enough. What is left in the buffer must not be written when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FINDINGS)
    except OSError as error:
        click.echo(f"karakana: {error.filename or ''}: {error.strerror or error}".replace(": :", ":"), err=True)
        sys.exit(WRONG_USE)
    sys.exit(code if isinstance(code, int) else 0)
