"""A new network: from the guide's commands, in a clean environment, to a published site."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from generator import __version__
from generator.artifacts import Artifact
from generator.cli.app import cli
from generator.cli.questions import QUESTIONS
from generator.starting import Forge, known, place, site_of

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "site/pages/fork.md"
# What a small system has; Node.js is not among it.
TOOLS = ("bash", "sh", "env", "git", "make", "awk", "dirname", "rm", "touch", "mkdir", "sed", "uname", "cat", "grep")
GIVEN = (
    "--name", "Makers of the Volta", "--forge", "https://github.com/volta/registry", "--languages", "en,fr",
    "--countries", "gh,tg", "--licence", "CC-BY-4.0",
)  # fmt: skip
# Name, repository, address (as proposed), languages, countries, licence (as proposed).
ANSWERS = "Makers of the Volta\nhttps://github.com/you/registry\n\nen,fr\ngh,tg\n\n"
HUB = {"name": "Volta Lab", "kind": "makerspace", "locality": "Ho", "website": "https://volta.example/"}


def init(*words: str | Path, given: str = "") -> Result:
    return CliRunner().invoke(cli, ["init", *map(str, words)], input=given)


# A clean environment.


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    subprocess.run([ROOT / ".ci/wheel", folder], env={**os.environ, "PATH": path}, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a virtual environment that holds the wheel and what it needs, nothing else."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = [folder / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
    subprocess.run([*pip, wheel], check=True, capture_output=True)
    return folder


class Shell:
    """A shell without Node.js, in which an address of a forge leads to a bare repository on this computer."""

    def __init__(self, folder: Path, installed: Path) -> None:
        self.folder = folder
        self.bare = folder / "forge.git"
        tools = folder / "bin"
        tools.mkdir(parents=True)
        for name in TOOLS:
            (tools / name).symlink_to(str(shutil.which(name)))
        settings = folder / "gitconfig"
        settings.write_text(
            "[user]\n  name = Ama\n  email = ama@volta.example\n[init]\n  defaultBranch = main\n"
            f'[url "{self.bare}"]\n  insteadOf = https://github.com/you/registry\n',
            encoding="utf-8",
        )
        self.env = {
            "PATH": f"{installed / 'bin'}:{tools}", "HOME": str(folder), "GIT_CONFIG_GLOBAL": str(settings),
            "GIT_CONFIG_NOSYSTEM": "1", "LANG": "C.UTF-8",
            "GITHUB_OUTPUT": "/dev/null",
        }  # fmt: skip
        self("git init --quiet --bare forge.git")

    def __call__(self, line: str, *, at: str = "", given: str = "") -> str:
        done = subprocess.run(
            ["bash", "-c", line], cwd=self.folder / at, env=self.env, input=given, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, (line, done.stdout, done.stderr)
        return done.stdout


def commands() -> list[str]:
    """Return the commands of the guide that lead from nothing to a published site."""
    block = re.search(r"```sh\n(pipx .*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    return block[1].splitlines()


def answers() -> str:
    """Return what somebody types for `karakana new hub`: an empty line for what is not known."""
    said = [HUB.get(str(question.path[-1]), "") for question in QUESTIONS["hub"]]
    return "\n".join([*said, "gh", "", ""]) + "\n"


@pytest.fixture(scope="module")
def published(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A shell after the guide's commands, and what the forge does then; the site is in the folder `pages`."""
    shell = Shell(tmp_path_factory.mktemp("network"), installed)
    at = ""
    for line in commands()[1:]:
        if line.startswith("cd "):
            at = line.split()[1]
            line = line.partition(" && ")[2]  # noqa: PLW2901
        given = {"karakana init": ANSWERS, "karakana new": answers()}.get(" ".join(line.split()[:2]), "")
        shell(line, at=at, given=given)
    shell("git clone --quiet https://github.com/you/registry runner")
    (shell.folder / "runner/.venv").symlink_to(installed)
    shell("touch .venv/.installed", at="runner")
    for step in workflow_steps(shell.folder / "runner/.github/workflows/pages.yml"):
        shell(step, at="runner")
    shell(".ci/publish", at="runner")
    shell("git clone --quiet --branch pages https://github.com/you/registry pages")
    return shell


def workflow_steps(path: Path) -> Iterator[str]:
    jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    yield from (step["run"] for job in jobs.values() for step in job["steps"] if "run" in step)


def test_six_commands_lead_to_a_site() -> None:
    lines = commands()
    assert len(lines) <= 6
    assert f"/v{__version__}/karakana-{__version__}-py3-none-any.whl" in lines[0]


def test_site_is_the_networks(published: Shell) -> None:
    site = published.folder / "pages"
    assert "Volta Lab" in (site / "hubs/gh/volta-lab/index.html").read_text(encoding="utf-8")
    about = json.loads((site / "api/v1/registry.json").read_bytes())
    assert about["name"] == {"en": "Makers of the Volta"}
    home = site / "index.html"
    for path in (home, site / "fr/index.html", site / "explore/index.html", site / "about/index.html"):
        text = path.read_text(encoding="utf-8")
        assert "Makers of the Volta" in text
        assert "karakana-registry" not in text
        assert "Swahili" not in text
    assert "https://github.com/you/registry" in (site / "hubs/gh/volta-lab/index.html").read_text(encoding="utf-8")
    assert (site / "assets/app/explore.js").is_file()
    assert (site / "assets/leaflet/leaflet.js").is_file()


def test_main_holds_no_code(published: Shell) -> None:
    files = published("git ls-files", at="runner").splitlines()
    assert not [path for path in files if path.endswith((".py", ".ts", ".html", ".css"))]
    assert published("git status --short", at="runner") == ""
    assert published("karakana fmt --check", at="runner") == ""


def test_generator_that_came_from_a_file_is_copied(published: Shell, wheel: Path) -> None:
    """No forge could fetch it from the computer on which `karakana init` ran."""
    top = published.folder / "runner"
    asked = (top / "requirements.txt").read_text(encoding="utf-8").splitlines()[-1]
    assert asked == f"./wheels/{wheel.name}"
    assert (top / asked).read_bytes() == wheel.read_bytes()


def test_own_files_and_colours_stand_over_the_packages(published: Shell) -> None:
    top = published.folder / "runner"
    (top / "site/pages/about.md").write_text("# Who we are\n\nMakers along a river.\n", encoding="utf-8")
    (top / "site/strings").mkdir()
    english = dict(json.loads((ROOT / "site/strings/en.json").read_bytes()))
    (top / "site/strings/en.json").write_text(json.dumps(english | {"nav.find": "Look around"}), encoding="utf-8")
    with (top / "registry/registry.yaml").open("a", encoding="utf-8") as file:
        file.write('colours:\n  primary: "#7a1f5b"\n')
    published("karakana build --quiet", at="runner")
    assert "Makers along a river" in (top / "build/site/about/index.html").read_text(encoding="utf-8")
    assert "Look around" in (top / "build/site/index.html").read_text(encoding="utf-8")
    assert "#7a1f5b" in next((top / "build/site/assets/app").glob("*.css")).read_text(encoding="utf-8")


# What `karakana init` writes.


@pytest.fixture
def net(tmp_path: Path) -> Path:
    done = init(tmp_path / "net", *GIVEN)
    assert done.exit_code == 0, done.output
    return tmp_path / "net"


def settings(folder: Path) -> Any:
    return yaml.safe_load((folder / "registry/registry.yaml").read_text(encoding="utf-8"))


def test_settings_are_what_was_given(net: Path) -> None:
    assert settings(net) == {
        "name": "Makers of the Volta",
        "url": "https://volta.github.io/registry/",
        "languages": ["en", "fr"],
        "countries": ["gh", "tg"],
        "licences": {
            "data": "CC-BY-4.0",
            "attribution": "Makers of the Volta contributors and the sources named in each record",
        },
        "forge": {"kind": "github", "repository": "https://github.com/volta/registry", "branch": "main"},
    }
    requirements = (net / "requirements.txt").read_text(encoding="utf-8")
    assert f"karakana-{__version__}-py3-none-any.whl" in requirements
    assert os.access(net / ".ci/setup", os.X_OK)


def test_every_comment_of_the_settings_can_be_uncommented(net: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = net / "registry/registry.yaml"
    lines = path.read_text(encoding="utf-8").replace("# What else", "## What else").splitlines()
    path.write_text("".join(f"{line.removeprefix('# ')}\n" for line in lines), encoding="utf-8")
    assert {"colours", "peers", "tiles", "contact", "tagline"} <= set(settings(net))
    monkeypatch.chdir(net)
    done = CliRunner().invoke(cli, ["check"])
    assert "no findings" in done.output


def test_terms_are_there_and_hubs_are_not(net: Path) -> None:
    folders = {path.name for path in (net / "registry").iterdir() if path.is_dir()}
    assert folders == {"competences", "materials", "models", "processes"}
    assert (net / "registry/processes/laser-cutting.yaml").read_bytes() == (
        ROOT / "registry/processes/laser-cutting.yaml"
    ).read_bytes()
    assert "CC-BY-SA-4.0" in (net / "registry/LICENSE.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("forge", "kind", "has", "url"),
    [
        ("https://github.com/Volta/registry.git", "github", ".github/workflows/review.yml", "https://volta.github.io/registry/"),
        ("https://github.com/volta/volta.github.io", "github", ".github/CODEOWNERS", "https://volta.github.io/"),
        ("https://gitlab.com/volta/labs/registry", "gitlab", ".gitlab-ci.yml", "https://volta.gitlab.io/labs/registry/"),
        ("https://codeberg.org/volta/registry", "forgejo", ".forgejo/workflows/pages.yml", "https://volta.codeberg.page/registry/"),
        ("https://gitlab.volta.example/labs/registry", "gitlab", ".gitlab-ci.yml", "https://labs.example/"),
    ],
)  # fmt: skip
def test_each_forge_has_its_workflows(tmp_path: Path, forge: str, kind: str, has: str, url: str) -> None:
    where = () if site_of(Forge(known(forge), forge)) else ("--url", url)
    done = init(tmp_path / "net", *GIVEN[:2], *GIVEN[4:], "--forge", forge, *where)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "net" / has).is_file()
    assert settings(tmp_path / "net")["forge"]["kind"] == kind
    assert settings(tmp_path / "net")["url"] == url
    for path in (tmp_path / "net").rglob("*"):
        if path.is_file() and "registry/" not in path.as_posix():
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"@(name|url|owner|licence|requirement|origin)@", text), path
            if path.suffix in (".yml", ".yaml"):
                assert yaml.safe_load(text), path


def test_actions_are_those_of_this_repository(net: Path) -> None:
    """They are raised here by Dependabot; what new registries begin with must not fall behind."""
    ours = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / ".github/workflows").glob("*.yml")}
    pinned = set(re.findall(r"uses:\s*(.*)", "".join(ours.values())))
    for path in (net / ".github/workflows").glob("*.yml"):
        assert set(re.findall(r"uses:\s*(.*)", path.read_text(encoding="utf-8"))) <= pinned, path.name


def test_workflows_call_only_what_is_there(net: Path) -> None:
    targets = re.findall(r"^(\w+):", (net / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    paths = list((net / ".github/workflows").glob("*.yml"))
    assert {"check.yml", "comment.yml", "pages.yml", "review.yml"} <= {path.name for path in paths}
    for path in paths:
        for script in workflow_steps(path):
            assert set(re.findall(r"\bmake (\w+)", script)) <= set(targets), path.name
            assert all((net / ".ci" / name).is_file() for name in re.findall(r"\.ci/(\w+)", script)), path.name
            called = re.findall(r"karakana ([a-z][a-z-]+)", script)
            assert set(called) <= set(cli.commands), path.name


def test_package_of_a_checkout_builds_its_site_too(net: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from generator.cli import main; main()", "build", "--quiet"], cwd=net, check=False,
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (net / "build/site/assets/app/explore.js").is_file()


def test_what_is_not_given_is_asked_for_until_it_is_right(tmp_path: Path) -> None:
    given = "Volta\nnowhere\nhttps://forge.volta.example/us/registry\nforgejo\nhttps://volta.example\nxx\nen\nGhana\ngh\nCC\n\n"
    done = init(tmp_path / "net", given=given)
    assert done.exit_code == 0, done.output
    for said in (
        "is no address of a repository",
        "the site has no words in xx",
        "no country code",
        "no licence of SPDX",
    ):
        assert said in done.output
    assert settings(tmp_path / "net")["url"] == "https://volta.example/"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--languages", "de"), "add"),
        (("--countries", "zz"), "ISO 3166-1"),
        (("--licence", "free"), "SPDX"),
        (("--forge", "git@github.com:volta/registry.git"), "https://github.com/you/registry"),
        (("--url", "volta"), "is no address of a site"),
        (("--name", "x" * 300), "one line of at most"),
        (("--name", " "), "one line of at most"),
        (("--forge", "https://github.com/volta/a b"), "forge.repository"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(tmp_path: Path, words: tuple[str, str], said: str) -> None:
    done = init(tmp_path / "net", *GIVEN, *words)
    assert done.exit_code == 2
    assert said in done.output
    assert not (tmp_path / "net").exists()


def test_generator_is_what_was_named(tmp_path: Path) -> None:
    made = tmp_path / "karakana-9.0.0-py3-none-any.whl"
    made.write_bytes(b"wheel")
    assert init(tmp_path / "a", *GIVEN, "--generator", made).exit_code == 0
    assert (tmp_path / "a/requirements.txt").read_text(encoding="utf-8").endswith(f"\n./wheels/{made.name}\n")
    assert (tmp_path / "a/wheels" / made.name).read_bytes() == b"wheel"
    address = "karakana @ https://forge.example/karakana-9.0.0-py3-none-any.whl"
    assert init(tmp_path / "b", *GIVEN, "--generator", address).exit_code == 0
    assert (tmp_path / "b/requirements.txt").read_text(encoding="utf-8").endswith(f"\n{address}\n")
    assert not (tmp_path / "b/wheels").exists()
    done = init(tmp_path / "c", *GIVEN, "--generator", "dist/karakana-9.whl")
    assert done.exit_code == 2
    assert "is no file" in done.output
    assert not (tmp_path / "c").exists()


def test_folder_with_other_files_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    done = init(tmp_path, *GIVEN)
    assert done.exit_code == 2
    assert "notes.txt" in done.output
    assert "name a new folder" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_name_that_means_something_elsewhere_is_only_a_name(tmp_path: Path) -> None:
    name = '*Hub* [x](https://evil.example) @all: "yes" #1 <b>'
    assert init(tmp_path / "net", "--name", name, *GIVEN[2:]).exit_code == 0
    assert settings(tmp_path / "net")["name"] == name
    readme = (tmp_path / "net/README.md").read_text(encoding="utf-8")
    assert "](https://evil.example)" not in readme
    assert "<b>" not in readme


@pytest.mark.parametrize("exists", [False, True])
def test_interrupted_run_leaves_nothing(tmp_path: Path, exists: bool) -> None:
    folder = tmp_path / "net"
    if exists:
        (folder / ".git").mkdir(parents=True)

    def broken() -> Iterator[Artifact]:
        yield Artifact("a/b.txt", b"x")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        place(broken(), folder)
    assert [path.name for path in folder.iterdir()] == [".git"] if exists else not folder.exists()


def test_what_a_killed_run_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".karakana-init-abc").mkdir()
    (tmp_path / ".git").mkdir()
    assert place([Artifact("a.txt", b"x"), Artifact("b/c.txt", b"#!x")], tmp_path) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "a.txt", "b"]


def test_plain_fork_is_sound_without_our_hubs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = re.search(r"^git rm -r --quiet (.*)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    gone = [path.removeprefix("registry/") for path in found[1].split()]
    shutil.copytree(ROOT / "registry", tmp_path / "registry", ignore=shutil.ignore_patterns(*gone))
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(cli, ["check"], standalone_mode=False).return_value == 0


def test_guide_gives_the_same_commands_in_french() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (GUIDE, GUIDE.parent / "fr/fork.md")]
    english, french = (re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for text in texts)
    assert english == french
