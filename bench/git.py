"""A folder of files in; a Git repository with one commit of them out, through `git fast-import`.

`git add` writes a file for each record; one stream makes one pack, ten times as fast.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import IO


def commit_all(top: Path, day: date) -> None:
    """Make `top` a repository whose one commit, at noon of a day, holds every file below `registry`."""
    _git(top, "init", "--quiet", "--initial-branch=main")
    (top / ".gitignore").write_text("/build/\n", encoding="utf-8")
    stamp = int(datetime.combine(day, time(12), UTC).timestamp())
    paths = sorted(path for path in top.glob("registry/**/*") if path.is_file())
    with subprocess.Popen(["git", "fast-import", "--quiet"], cwd=top, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        _stream(process.stdin, top, [top / ".gitignore", *paths], stamp)
    if process.returncode:
        raise OSError(f"git fast-import ended with {process.returncode}")
    _git(top, "reset", "--quiet")
    _git(top, "status", "--porcelain")  # refreshes the index, so that commands to be measured need not


def _stream(pipe: IO[bytes], top: Path, paths: Iterable[Path], stamp: int) -> None:
    pipe.write(b"commit refs/heads/main\ncommitter Bench <bench@example.org> %d +0000\ndata 4\nmade\n" % stamp)
    for path in paths:
        content = path.read_bytes()
        name = path.relative_to(top).as_posix().encode()
        pipe.write(b"M 100644 inline %s\ndata %d\n%s\n" % (name, len(content), content))
    pipe.write(b"done\n")


def _git(top: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=top, check=True, stdout=subprocess.DEVNULL)
