"""A repository's address in; the records' files of its branch out, without ever checking anything out.

Git fetches one commit into a bare repository that is thrown away, and tells what lies in it. So nothing in the
repository can act: no hooks, filters, attributes, submodules, LFS or symbolic links. Only https, and only at an address
that was looked up beforehand.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import SplitResult

from ..limits import FetchError, Limits, Reach
from . import addresses

_REVISION = re.compile(r"(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._/-]{0,99}\Z")
_HARMLESS = (
    "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.symlinks=false", "credential.helper=", "gc.auto=0",
    "maintenance.auto=false", "fetch.fsckObjects=true", "fetch.unpackLimit=1", "fetch.recurseSubmodules=false",
    "submodule.recurse=false", "transfer.bundleURI=false", "http.followRedirects=false", "http.maxRequests=1",
    "core.bigFileThreshold=1m", "core.packedGitWindowSize=1m", "core.packedGitLimit=16m", "pack.threads=1",
    "core.deltaBaseCacheLimit=8m", "http.cookieFile=", "http.saveCookies=false", "protocol.version=2",
)  # fmt: skip
_ROW = re.compile(rb"(?P<mode>[0-7]{6}) blob (?P<id>[0-9a-f]{40,64}) +(?P<size>[0-9]+)\t(?P<path>[^\0]+)\0")
_PLAIN = (b"100644", b"100755")
_MEMORY = 256 << 20  # address space: of it about a half is memory
_CAN_CONFINE = sys.platform != "win32"


@dataclass(frozen=True, slots=True)
class Blob:
    """A plain file: its path in the repository and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Tree:
    """What a branch holds: its commit, the second of the commit, the files in question, and how many were refused."""

    commit: str
    seconds: int
    blobs: tuple[Blob, ...]
    refused: int


@dataclass(frozen=True, slots=True)
class Remote:
    """Where a repository lies: its address, its branch ("" for its own choice), and the numbers of its host."""

    url: str
    branch: str
    numbers: tuple[str, ...]


def fetch_tree(remote: Remote, folders: Sequence[str], limits: Limits, reach: Reach) -> Tree:
    """Return the files below some folders of a remote branch. Raises `FetchError`."""
    parts, branch = addresses.parsed(remote.url, reach), remote.branch
    if branch and _REVISION.match(branch) is None:
        raise FetchError("has a branch with a name that is refused")
    with tempfile.TemporaryDirectory(prefix="karakana-", ignore_cleanup_errors=True) as scratch:
        git = _Git(Path(scratch), limits, reach)
        git.run("init", "--quiet", "--bare", "--template=", ".")
        words = ("--depth=1", "--no-tags", "--no-recurse-submodules", "--no-auto-maintenance", "--quiet", "--force")
        source = f"refs/heads/{branch}" if branch else "HEAD"
        pin = ("-c", f"http.curloptResolve={_pins(parts, remote.numbers)}")
        git.run(*pin, "fetch", *words, "--end-of-options", parts.geturl(), f"{source}:refs/peer")
        return _tree(git, "refs/peer", folders, limits)


def read_tree(folder: Path, revision: str, folders: Sequence[str], limits: Limits) -> Tree:
    """Return the files below some folders of a revision in a repository on this computer. Raises `FetchError`."""
    if _REVISION.match(revision) is None:
        raise FetchError("has a revision with a name that is refused")
    inside = folder / ".git"
    return _tree(_Git(inside if inside.is_dir() else folder, limits, Reach.PUBLIC), revision, folders, limits)


def _pins(parts: SplitResult, numbers: Sequence[str]) -> str:
    shown = ",".join(f"[{number}]" if ":" in number else number for number in numbers)
    return f"{parts.hostname}:{addresses.port_of(parts)}:{shown}"


def _tree(git: _Git, revision: str, folders: Sequence[str], limits: Limits) -> Tree:
    told = git.run("log", "-1", "--format=%H %ct", "--no-show-signature", revision, "--").split()
    if len(told) != 2:
        raise FetchError("has no commit on that branch")
    listing = git.run("ls-tree", "-r", "-z", "-l", "--full-tree", told[0].decode(), "--", *folders)
    rows = listing.count(b"\0")
    found = [row for row in _ROW.finditer(listing) if row["mode"] in _PLAIN]
    if rows > limits.git_files:
        raise FetchError(f"has more than {limits.git_files} files")
    if sum(int(row["size"]) for row in found) > limits.file_bytes:
        raise FetchError(f"has records of more than {limits.file_bytes >> 20} MB")
    blobs = tuple(_contents(git, [(row["path"].decode("utf-8", "replace"), row["id"]) for row in found]))
    return Tree(told[0].decode(), int(told[1]), blobs, rows - len(found))


def _contents(git: _Git, wanted: Sequence[tuple[str, bytes]]) -> Iterator[Blob]:
    """Yield files, all through one process."""
    answer = git.run("cat-file", "--batch", given=b"".join(id + b"\n" for _, id in wanted))
    at = 0
    for path, _ in wanted:
        head = answer[at : answer.index(b"\n", at)]
        start, size = at + len(head) + 1, int(head.rpartition(b" ")[2])
        yield Blob(path, answer[start : start + size])
        at = start + size + 1


class _Git:
    """Runs Git in one repository with nothing of its surroundings: no settings, no credentials, no questions."""

    def __init__(self, folder: Path, limits: Limits, reach: Reach) -> None:
        self._folder, self._limits = folder, limits
        self._end = time.monotonic() + limits.seconds
        self._program = shutil.which("git")
        self._surroundings = {
            "PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "LC_ALL": "C",
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "SSH_ASKPASS": "", "GIT_LFS_SKIP_SMUDGE": "1",
            "GIT_ATTR_NOSYSTEM": "1", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_OPTIONAL_LOCKS": "0",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_ALLOW_PROTOCOL": "https:http" if reach is Reach.LOOPBACK else "https",
        }  # fmt: skip

    def run(self, *words: str, given: bytes = b"") -> bytes:
        """Return what Git prints. Raises `FetchError` when it refuses, takes too long or prints too much."""
        if self._program is None:
            raise FetchError("cannot be fetched: there is no git here")
        settings = [part for setting in _HARMLESS for part in ("-c", setting)]
        command = [*_confined(self._limits), self._program, "--git-dir=.", *settings, *words]
        try:
            process = subprocess.Popen(
                command, cwd=self._folder, env=self._surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise FetchError(f"cannot be fetched: git does not start: {error.strerror}") from error
        with process:
            return self._watched(process, given)

    def _watched(self, process: subprocess.Popen[bytes], given: bytes) -> bytes:
        late = threading.Event()

        def stop() -> None:
            late.set()
            _kill(process)

        clock = threading.Timer(max(0.0, self._end - time.monotonic()), stop)
        clock.start()
        said: list[bytes] = []
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        helpers = [
            threading.Thread(target=_feed, args=(process.stdin, given), daemon=True),
            threading.Thread(target=lambda errors: said.append(_first(errors)), args=(process.stderr,), daemon=True),
        ]
        try:
            for helper in helpers:
                helper.start()
            answer = process.stdout.read(self._most + 1)
            if len(answer) > self._most:
                raise FetchError(f"is larger than {self._most >> 20} MB")
            process.wait()
            for helper in helpers:
                helper.join()
        finally:
            clock.cancel()
            if process.poll() is None:
                _kill(process)
        if late.is_set():
            raise FetchError("is too slow: Git got no answer in time")
        if process.returncode:
            raise FetchError(_refusal(process.returncode, b"".join(said), self._limits))
        return answer

    @property
    def _most(self) -> int:
        return self._limits.file_bytes + (32 << 20)


def _confined(limits: Limits) -> tuple[str, ...]:
    """Return what limits the pack that a peer sends, and the memory that unpacking takes, where there is a shell."""
    if not _CAN_CONFINE:
        return ()
    script = f'ulimit -c 0; ulimit -v {_MEMORY >> 10} 2>/dev/null; ulimit -f {limits.git_bytes >> 9}; exec "$@"'
    return ("/bin/sh", "-c", script, "git")


def _feed(pipe: IO[bytes], given: bytes) -> None:
    try:
        with pipe:
            pipe.write(given)
    except OSError:  # Git has ended; its answer says why
        pass


def _first(pipe: IO[bytes]) -> bytes:
    """Return the first words of a stream, and read the rest away."""
    found = pipe.read(4096)
    while pipe.read(65536):
        pass
    return found


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End Git and what it has started."""
    try:
        if _CAN_CONFINE:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except (ProcessLookupError, PermissionError):
        pass


def _refusal(code: int, said: bytes, limits: Limits) -> str:
    text = said.decode("utf-8", "replace").strip()
    if "File too large" in text or (_CAN_CONFINE and code in (-signal.SIGXFSZ, 128 + signal.SIGXFSZ)):
        return f"is larger than {limits.git_bytes >> 20} MB"
    last = next((line for line in reversed(text.splitlines()) if line.startswith(("fatal:", "error:"))), text)
    if "larger" in text or "unpack-objects" in text or "index-pack" in text:
        return f"sends what Git refuses, or more than {limits.git_bytes >> 20} MB"
    return f"cannot be fetched: Git says {last[:160]!r}"
