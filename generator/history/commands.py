"""A folder of a Git repository in; what Git's commands answer about it out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

# Without this, GitPython cannot even be imported where there is no `git`.
os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")

import git

from ..documents import LIMIT_BYTES
from .values import HistoryError

PLAIN = "100"  # what the modes of plain files begin with; links and submodules have others


class Commands:
    """The Git repository that a folder lies in. `lead` stands before the folder's files in the repository's paths."""

    def __init__(self, repository: git.Repo, folder: Path) -> None:
        self._git = repository.git
        # A replacement (`git replace`) stands on this computer alone, under the id of what it replaces.
        self._git.update_environment(GIT_NO_REPLACE_OBJECTS="1")
        self.folder = str(folder.resolve())
        self._top = Path(str(repository.working_tree_dir)).resolve()
        inside = Path(self.folder).relative_to(self._top).as_posix()
        self.lead = "" if inside == "." else f"{inside}/"

    def relative(self, path: str) -> str:
        """Return a path of the repository as one below the folder."""
        return path.removeprefix(self.lead)

    def run(self, *words: str) -> str:
        """Return what a command of Git says. Raises `HistoryError` when it refuses."""
        try:
            # Git speaks in bytes that need not be UTF-8; file names that are not are reported as misnamed later.
            command = ["git", "--no-optional-locks", "-C", str(self._top), "--literal-pathspecs", *words]
            answer: str = self._git.execute(command, strip_newline_in_stdout=False)
        except git.GitCommandError as error:
            raise HistoryError(_reason(error)) from error
        return answer

    def commit(self, revision: str) -> str:
        """Return the id of the commit that a revision names. Raises `HistoryError` when there is none."""
        try:
            return self.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
        except HistoryError as error:
            hint = "a shallow clone may lack it: fetch it with `git fetch --unshallow` or `--depth`"
            raise HistoryError(f"Git knows no revision `{revision}`; {hint}") from error

    @property
    def is_shallow(self) -> bool:
        """Whether this clone lacks a part of the history."""
        return self.run("rev-parse", "--is-shallow-repository").strip() == "true"

    def contents(self, ids: Mapping[str, str]) -> dict[str, bytes]:
        """Return the content of blobs by path, all through one process; see `Changes` for what is cut."""
        try:
            return {path: self._blob(id) for path, id in sorted(ids.items())}
        except ValueError as error:
            raise HistoryError(f"Git lacks an object of this repository: {error}") from error
        finally:
            self._git.clear_cache()

    def _blob(self, id: str) -> bytes:
        """Return the content of a blob as far as a record may be long: what is larger is none, and may be huge."""
        return bytes(self._git.stream_object_data(id)[3].read(LIMIT_BYTES + 1))


def _reason(error: git.GitCommandError) -> str:
    said = str(error.stderr or error).strip().removeprefix("stderr:").strip(" '\n")
    if "dubious ownership" in said:
        return "Git does not trust this folder, which belongs to another user: see `git config safe.directory`"
    return said.partition("\n")[0]
