"""A folder and words of a command line in; what `karakana` prints there, run in this process, and how it exits, out."""

from __future__ import annotations

import io
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import pytest

from generator.cli import main


class Done(NamedTuple):
    code: int
    out: str
    err: str


def karakana(folder: Path, *words: str) -> Done:
    """Run a command; the fixture `alone` of conftest.py keeps the settings away of whoever runs the tests."""
    out, err = io.StringIO(), io.StringIO()
    with (
        chdir(folder), redirect_stdout(out), redirect_stderr(err), patch.object(sys, "argv", ["karakana", *words]),
        pytest.raises(SystemExit) as stopped,
    ):  # fmt: skip
        main()
    assert "Traceback" not in err.getvalue()
    return Done(int(stopped.value.code or 0), out.getvalue(), err.getvalue())
