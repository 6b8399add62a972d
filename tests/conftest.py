"""What tests share: `--bless`, the effort of property tests, a registry to change, a Git repository with fixed dates.

`--bless` renews golden files instead of comparing with them. `--hypothesis-profile explore` looks for new
counterexamples; without it property tests draw the same values every time.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from bench.serving import Files, served
from generator import exporters, mkdocs_hook, publish, registry
from generator.checks import RULES, example
from generator.registry import Registry

settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
settings.register_profile("explore", deadline=None, max_examples=5000)
settings.load_profile("repeatable")
# Pages are waited for on machines that do other things, too; whether they are fast is what bench/ tells.
expect.set_options(timeout=30_000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="write golden files anew instead of comparing")


@pytest.fixture
def bless(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--bless"))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The folder of a small registry without any fault, to be changed by a test."""
    return Path(shutil.copytree(example.BASE, tmp_path / "work" / "registry"))


class Repository:
    """A Git repository in a folder, whose commits have the dates that a test gives them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *words: str, day: str = "2026-01-01") -> str:
        date = f"{day}T12:00:00+00:00"
        names = {
            f"GIT_{role}_{part}": f"{part.lower()}@example.org"
            for role in ("AUTHOR", "COMMITTER")
            for part in ("NAME", "EMAIL")
        }
        dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        # Whoever runs the tests may have settings of their own, such as signed commits.
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        return subprocess.run(
            ["git", "-C", str(self.folder), "-c", "protocol.file.allow=always", *words],
            env={**os.environ, **names, **dates, **alone}, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip

    def write(self, files: Mapping[str, str]) -> None:
        for path, text in files.items():
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")

    def commit(self, files: Mapping[str, str] | None = None, day: str = "2026-01-01") -> str:
        """Write files, commit everything, and return the commit's id."""
        self.write(files or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "change", day=day)
        return self.git("rev-parse", "HEAD").strip()


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "work")


@pytest.fixture
def committed(small: Path, repository: Repository) -> Repository:
    """A repository with the small registry in its folder `registry`, committed on 1 January 2026."""
    assert small.parent == repository.folder
    repository.commit()
    return repository


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of whoever runs the tests, and no marks of the machine on which they run."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)


ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """The miniature registry with records of somebody who means harm."""
    folder = tmp_path_factory.mktemp("hostile")
    for layer in ("mini/registry", "hostile"):
        shutil.copytree(ROOT / "tests" / layer, folder, dirs_exist_ok=True)
    return registry.load(folder, as_of=date(2026, 6, 30), prefix="registry/")


@pytest.fixture(scope="session")
def built(hostile: Registry, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the whole site of that registry, as `karakana build` makes it."""
    folder = tmp_path_factory.mktemp("built") / "site"
    engine = partial(mkdocs_hook.build, ROOT / "mkdocs.yml")
    publish.build(
        hostile, sources=ROOT / "site", engine=engine, output=folder, rules=RULES, tables=exporters.described(),
        also=[lambda: exporters.checked(exporters.open_data(hostile, exporters.Invented.INCLUDED))],
    )  # fmt: skip
    return folder


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    """The site below a sub path, as on a forge's pages, which is not the one in its registry.yaml."""
    with served(Files(built), "/karakana/") as found:
        yield found


@pytest.fixture(scope="session")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the Arabic pages of the same records, where their registry.yaml says."""
    folder = tmp_path_factory.mktemp("arabic")
    for layer in ("mini/registry", "hostile"):
        shutil.copytree(ROOT / "tests" / layer, folder / "registry", dirs_exist_ok=True)
    settings = folder / "registry/registry.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("languages: [en]", "languages: [en, ar]"), encoding="utf-8")
    known = registry.load(folder / "registry", as_of=date(2026, 6, 30))
    engine = partial(mkdocs_hook.build, ROOT / "mkdocs.yml")
    publish.build(known, sources=ROOT / "site", engine=engine, output=folder / "site", rules=RULES)
    with served(Files(folder / "site"), "/registry/") as found:
        yield f"{found}ar/"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield opened
        opened.close()
