"""`karakana serve` sees what a site is made of: records, status lists, and passports outside of the registry."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli.preview import serve_site
from generator.cli.session import Workplace, find_workplace, load
from generator.records import Hub, Passport

from .conftest import Repository

ID = "q7h2m9x4b1t8w5k3z6c0"
PASSPORT = """\
consent_on: 2026-06-01
credentials:
  - id: urn:uuid:7dfd29c6-4477-435f-a802-f173fe0b8300
    issuer: gh/base-hub
    competence: laser-cutter-operation
    level: 2
    assessed_on: 2026-04-01
    basis: assessment
"""
Step = Callable[[Path], object]


class EnoughError(Exception):
    """The last step was built."""


def settings(top: Path, more: str) -> None:
    file = top / "registry/registry.yaml"
    file.write_text(file.read_text() + more)


def put(top: Path, path: str, text: str) -> None:
    (top / path).parent.mkdir(parents=True, exist_ok=True)
    (top / path).write_text(text)


STEPS: dict[str, Step] = {
    "passport elsewhere": lambda top: put(top, f"../passports/{ID}.yaml", PASSPORT),
    "passport taken away": lambda top: (top / f"../passports/{ID}.yaml").unlink(),
    "status list": lambda top: put(top, "registry/statuses/gh/base-hub.json", "{}"),
    "hub": lambda top: put(top, "registry/hubs/gh/base-hub.yaml",
                           (top / "registry/hubs/gh/base-hub.yaml").read_text().replace("Base Hub", "Changed Hub")),
    "settings": lambda top: settings(top, "description: moved\n"),
}  # fmt: skip


@pytest.mark.usefixtures("alone")
def test_each_change_is_built_from_what_is_there_now(committed: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    (committed.folder / "../passports").mkdir()
    settings(committed.folder, "passports: ../passports\n")
    committed.commit()
    monkeypatch.chdir(committed.folder)
    steps, seen = iter(STEPS.values()), []

    def build(place: Workplace) -> int:
        known = load(place, quiet=True)
        (hub,) = known.all(Hub)
        seen.append((hub.name.texts[0][1], list(known.ids(Passport))))
        step = next(steps, None)
        if step is None:
            raise EnoughError
        step(committed.folder)  # while it is being built: that is a change, too
        return 1

    with pytest.raises(EnoughError):
        serve_site(find_workplace, committed.folder, 0, build, every=0.01)
    assert seen == [
        ("Base Hub", []), ("Base Hub", [ID]), ("Base Hub", []), ("Base Hub", []), ("Changed Hub", []),
        ("Changed Hub", []),
    ]  # fmt: skip
