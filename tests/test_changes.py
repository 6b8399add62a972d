"""What changed in a registry: read from real repositories, listed on a page and in a feed."""

import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from generator import log, registry
from generator.history import Commit, File, open_history
from generator.log import Change, Log, Span, Touched
from generator.publish import changes, credits, feed, forge
from generator.publish.edition import Edition, Relations
from generator.publish.pages import Templates
from generator.publish.shells import Frame, Shell
from generator.publish.strings import read as read_strings
from generator.publish.trust import trust
from generator.records import Hub, Settings
from generator.records.instance import Forge
from generator.registry import Registry
from generator.words import Text

ROOT = Path(__file__).parent.parent
ATOM = "{http://www.w3.org/2005/Atom}"
HUB, MACHINE = "registry/hubs/gh/a.yaml", "registry/machines/gh/a/saw.yaml"
SOMEBODY = ("name@example.org",)  # whose name commits bear that do not say another


def logged(folder: Path) -> Log:
    return log.read(open_history(folder))


def said(repository: Any, subject: str, files: dict[str, str], day: str = "2026-01-01", *words: str) -> None:
    repository.write(files)
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", subject, *words, day=day)


def merge(repository: Any, subject: str, *, day: str = "2026-03-01") -> None:
    """Merge a branch that added a hub in two commits, while the main line changed another."""
    repository.commit({HUB: "1"})
    repository.git("checkout", "--quiet", "-b", "alice-private")
    repository.commit({"registry/hubs/gh/b.yaml": "1"}, day="2026-01-02")
    repository.commit({"registry/hubs/gh/b.yaml": "2"}, day="2026-01-03")
    repository.git("checkout", "--quiet", "main")
    repository.commit({HUB: "2"}, day="2026-02-01")
    repository.git("merge", "--quiet", "--no-ff", "--message", subject, "alice-private", day=day)


# Reading.


def test_records_by_what_was_done_to_them(repository: Any) -> None:
    repository.commit({HUB: "1", MACHINE: "1", "registry/LICENSE.md": "x", "site/x.md": "x"})
    repository.commit({HUB: "2", "registry/models/x/y.yaml": "1", "registry/registry.yaml": "1"}, day="2026-01-05")
    repository.git("rm", "--quiet", MACHINE)
    repository.commit(day="2026-01-09")
    found = logged(repository.folder / "registry")
    hub, machine = ("hub", "gh/a"), ("machine", "gh/a/saw")
    assert [(change.day.day, change.added, change.changed, change.removed) for change in found.changes] == [
        (9, Touched(), Touched(), Touched(1, (machine,))),
        (5, Touched(2, (("model", "x/y"), ("registry", "registry"))), Touched(1, (hub,)), Touched()),
        (1, Touched(2, (hub, machine)), Touched(), Touched()),
    ]
    assert found.spans == {
        "hubs/gh/a.yaml": Span(date(2026, 1, 1), date(2026, 1, 5), 2, SOMEBODY),
        "machines/gh/a/saw.yaml": Span(date(2026, 1, 1), date(2026, 1, 9), 2, SOMEBODY),
        "models/x/y.yaml": Span(date(2026, 1, 5), date(2026, 1, 5), 1, SOMEBODY),
        "registry.yaml": Span(date(2026, 1, 5), date(2026, 1, 5), 1, SOMEBODY),
    }
    assert found.missing == ""


def test_a_registry_that_is_the_whole_repository(repository: Any) -> None:
    repository.commit({"hubs/gh/a.yaml": "1", "README.md": "x"})
    assert logged(repository.folder).changes[0].added == Touched(1, (("hub", "gh/a"),))


def test_a_commit_that_touches_no_record_is_no_change(repository: Any) -> None:
    repository.commit({"registry/LICENSE.md": "x", "registry/hubs/gh/deep/er.yaml": "x"})
    repository.commit()
    assert logged(repository.folder / "registry").changes == ()


def test_a_new_name_is_one_record_removed_and_one_added(repository: Any) -> None:
    repository.commit({HUB: "the same text\n" * 20})
    repository.git("mv", HUB, "registry/hubs/gh/b.yaml")
    repository.commit(day="2026-02-01")
    newest = logged(repository.folder / "registry").changes[0]
    assert (newest.added.first, newest.removed.first) == ((("hub", "gh/b"),), (("hub", "gh/a"),))


def test_a_merge_is_one_change_with_all_that_it_brought(repository: Any) -> None:
    merge(repository, "Merge pull request #7 from alice/private\n\nAdd a hub in Accra")
    found = logged(repository.folder / "registry")
    assert [(change.summary, change.added.first) for change in found.changes[:1]] == [
        ("Add a hub in Accra", (("hub", "gh/b"),))
    ]
    assert len(found.changes) == 3
    assert found.spans["hubs/gh/b.yaml"] == Span(date(2026, 3, 1), date(2026, 3, 1), 1, SOMEBODY)


def test_what_a_merge_decided_itself_counts(repository: Any) -> None:
    merge(repository, "Merge branch 'x'")
    repository.git("reset", "--quiet", "--hard", "HEAD~1")
    repository.git("merge", "--quiet", "--no-ff", "--no-commit", "alice-private")
    repository.commit({HUB: "decided in the merge"}, day="2026-04-01")
    assert logged(repository.folder / "registry").changes[0].changed.first == (("hub", "gh/a"),)


@pytest.mark.parametrize(
    ("subject", "body", "summary"),
    [
        ("Merge pull request #7 from alice/private", "\n\nAdd a hub\n\nmore", "Add a hub"),
        ("Merge pull request #7 from alice/private", "", "#7"),
        ("Merge branch 'alice-private' into 'main'", "Add a hub\n\nSee merge request x/y!7", "Add a hub"),
        ("Merge pull request 'Add a hub' (#7) from alice/private into main", "Reviewed-on: x", "Add a hub (#7)"),
        ("hubs: Add one", "Merge pull request", "hubs: Add one"),
    ],
)
def test_summary_of_a_merge_names_what_came_and_not_from_whom(subject: str, body: str, summary: str) -> None:
    assert log.summary(Commit("0" * 40, 0, ("1", "2"), "", subject, body, ())) == summary


def test_a_merge_nobody_described_does_not_name_accounts() -> None:
    commit = Commit("0" * 40, 0, ("1", "2"), "", "Merge branch 'alice/private' of forge.example/alice", "", ())
    assert log.summary(commit) == ""


@pytest.mark.parametrize(
    ("subject", "summary"),
    [
        ('Revert "Merge pull request #7 from alice/private"', 'Revert "Merge pull request #7"'),
        ("Revert \"Merge branch 'alice-private'\"", 'Revert "Merge branch"'),
        ("Revert \"Merge pull request 'Add a hub' (#7) from alice/private into main\"", 'Revert "Add a hub (#7)"'),
        ('Revert "Reapply "Merge branch \'alice\'""', 'Revert "Reapply "Merge branch""'),
        (f"Revert \"Merge branch '{'alice' * 99}'\"", 'Revert "Merge branch"'),
        ('Revert "Add a "hub""', 'Revert "Add a "hub""'),
    ],
)
def test_what_takes_a_merge_back_does_not_name_accounts_either(subject: str, summary: str) -> None:
    assert log.summary(Commit("0" * 40, 0, ("1",), "", subject, "", ())) == summary


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  two \t words\u2028more ", "two words more"),
        ("abc\u202edcba\u2066x\u2069\u200e\u061c", "abcdcbax"),
        ("bell\x07 escape\x1b[31m nul", "bell escape[31m nul"),
        ("tag\U000e0041 feff\ufeff surrogate\udcff", "tag feff surrogate"),
        ("می\u200cخواهم 👩\u200d🔧", "می\u200cخواهم 👩\u200d🔧"),
        ("<script>&amp;", "<script>&amp;"),
        ("long " * 100, f"{'long ' * 31}long…"),
        ("", ""),
    ],
)
def test_texts_of_strangers_are_made_harmless(text: str, shown: str) -> None:
    assert log.clean(text) == shown


def test_hostile_texts_come_through_git(repository: Any) -> None:
    subject, name = "\x01\x02 M\tregistry/x \u202e<b>", "Mallory \u202e&\x07 X"
    said(repository, f"{subject}\n\nA\nregistry/hubs/gh/never.yaml", {HUB: "1"}, "2026-01-01", f"--author={name} <m@x>")
    change = logged(repository.folder / "registry").changes[0]
    assert (change.summary, change.authors) == ("M registry/x <b>", ("Mallory & X",))
    assert change.added.first == (("hub", "gh/a"),)


def test_strange_file_names_come_through_git(repository: Any) -> None:
    strange = ["registry/hubs/gh/a b.yaml", "registry/hubs/gh/\n.yaml", 'registry/hubs/gh/"é".yaml', "registry/M"]
    repository.commit(dict.fromkeys(strange, "x"))
    assert logged(repository.folder / "registry").changes[0].added.count == 3


@pytest.mark.parametrize(
    ("seconds", "day"), [(-1, date(1970, 1, 1)), (0, date(1970, 1, 1)), (1 << 60, date(9999, 12, 31))]
)
def test_a_date_no_calendar_has(seconds: int, day: date) -> None:
    found = log.change(Commit("0" * 40, seconds, (), "", "", "", (File("A", "hubs/gh/a.yaml", ""),)))
    assert found is not None
    assert found.day == day


def test_ids_are_cut_to_one_length_whatever_git_would_do(repository: Any) -> None:
    repository.commit({HUB: "1"})
    repository.git("config", "core.abbrev", "5")
    change = logged(repository.folder / "registry").changes[0]
    assert (len(change.id), change.short) == (40, change.id[:10])


def test_settings_of_whoever_builds_change_nothing(repository: Any) -> None:
    merge(repository, "x")
    before = logged(repository.folder / "registry")
    for key, value in (
        ("log.follow", "true"), ("log.showSignature", "true"), ("diff.renames", "copies"), ("log.date", "relative"),
        ("diff.relative", "true"), ("color.ui", "always"), ("core.quotePath", "true"), ("log.decorate", "full"),
        ("log.diffMerges", "combined"), ("diff.noprefix", "true"),
    ):  # fmt: skip
        repository.git("config", key, value)
    assert logged(repository.folder / "registry") == before


# Who wrote it.


def written(repository: Any, name: str, files: dict[str, str], *, day: str, subject: str = "x") -> None:
    said(repository, subject, files, day, f"--author={name} <{name.lower()}@example.org>")


def fork(repository: Any) -> None:
    """Let Ama add a hub and mend another in two commits of a branch; be on the main line."""
    written(repository, "Root", {HUB: "name: A\nkind: workshop\n"}, day="2026-01-01")
    repository.git("checkout", "--quiet", "-b", "topic")
    written(repository, "Ama", {"registry/hubs/gh/b.yaml": "1"}, day="2026-01-02")
    files = {HUB: "name: A\nkind: makerspace\n", "registry/hubs/gh/b.yaml": "2"}
    written(repository, "Ama", files, day="2026-01-03")
    repository.git("checkout", "--quiet", "main")


def join(repository: Any, *words: str, day: str = "2026-03-01") -> None:
    author = ("-c", "user.name=Maintainer", "-c", "user.email=m@x")
    repository.git(*author, "merge", "--quiet", "--no-ff", *words, "topic", day=day)


def credited(repository: Any) -> tuple[list[tuple[str, ...]], dict[str, tuple[int, tuple[str, ...]]]]:
    """Return the authors of each change, the newest first, and for each hub how many changes and whose."""
    found = logged(repository.folder / "registry")
    spans = {path.removesuffix(".yaml")[-1]: (span.count, span.authors) for path, span in found.spans.items()}
    return [change.authors for change in found.changes], spans


def test_a_merge_credits_who_wrote_and_not_who_merged(repository: Any) -> None:
    fork(repository)
    join(repository)
    changes, spans = credited(repository)
    assert changes == [("Ama",), ("Root",)]
    assert spans == {"a": (2, ("Root", "Ama")), "b": (1, ("Ama",))}


def test_a_merge_into_a_line_that_went_on(repository: Any) -> None:
    fork(repository)
    written(repository, "Kofi", {"registry/hubs/gh/c.yaml": "1", "README.md": "x"}, day="2026-02-01")
    join(repository)
    changes, spans = credited(repository)
    assert changes == [("Ama",), ("Kofi",), ("Root",)]
    assert spans["c"] == (1, ("Kofi",))


def test_a_squashed_branch_credits_those_whom_it_names(repository: Any) -> None:
    fork(repository)
    repository.git("merge", "--quiet", "--squash", "topic")
    trailers = "Co-authored-by: Kofi <k@x>\nco-authored-by: Ama <a@x>"
    written(repository, "Ama", {}, day="2026-02-01", subject=f"Add a hub (#7)\n\nText\n\n{trailers}")
    changes, spans = credited(repository)
    assert changes == [("Ama", "Kofi"), ("Root",)]
    assert spans == {"a": (2, ("Root", "Ama", "Kofi")), "b": (1, ("Ama", "Kofi"))}


def test_who_resolves_a_conflict_wrote_that_record_too(repository: Any) -> None:
    fork(repository)
    written(repository, "Kofi", {HUB: "name: A\nkind: fab-lab\n"}, day="2026-02-01")
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("merge", "--quiet", "--no-ff", "topic")
    written(repository, "Efua", {HUB: "name: A\nkind: other\n"}, day="2026-03-01", subject="Merge branch 'topic'")
    changes, spans = credited(repository)
    assert changes == [("Ama", "Efua"), ("Kofi",), ("Root",)]
    assert spans == {"a": (3, ("Root", "Ama", "Kofi", "Efua")), "b": (1, ("Ama",))}


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_who_takes_one_side_of_a_conflict_wrote_nothing(repository: Any, side: str) -> None:
    fork(repository)
    written(repository, "Kofi", {HUB: "name: A\nkind: fab-lab\n"}, day="2026-02-01")
    join(repository, f"--strategy-option={side}")
    changes, spans = credited(repository)
    assert changes == [("Ama",), ("Kofi",), ("Root",)]
    assert spans["a"] == (2 if side == "ours" else 3, ("Root", "Ama", "Kofi"))


def test_a_conflict_that_was_resolved_on_the_branch(repository: Any) -> None:
    """Who brought the branch up to date is its author there, and nobody becomes one by merging that."""
    fork(repository)
    written(repository, "Kofi", {HUB: "name: A\nkind: fab-lab\n", "registry/hubs/gh/c.yaml": "1"}, day="2026-02-01")
    repository.git("checkout", "--quiet", "topic")
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("merge", "--quiet", "main")
    written(repository, "Efua", {HUB: "name: A\nkind: other\n"}, day="2026-02-02", subject="Merge branch 'main'")
    repository.git("checkout", "--quiet", "main")
    join(repository)
    changes, spans = credited(repository)
    assert changes == [("Ama", "Efua"), ("Kofi",), ("Root",)]
    assert spans == {"a": (3, ("Root", "Ama", "Kofi", "Efua")), "b": (1, ("Ama",)), "c": (1, ("Kofi",))}


def test_a_revert_is_a_change_of_its_own(repository: Any) -> None:
    fork(repository)
    join(repository)
    repository.git("revert", "--no-edit", "--mainline", "1", "HEAD", day="2026-04-01")
    newest = logged(repository.folder / "registry").changes[0]
    assert newest.summary == 'Revert "Merge branch"'
    assert (newest.changed.first, newest.removed.first) == ((("hub", "gh/a"),), (("hub", "gh/b"),))
    changes, spans = credited(repository)
    assert changes == [SOMEBODY, ("Ama",), ("Root",)]
    assert spans["a"] == (3, ("Root", "Ama", *SOMEBODY))


def test_a_branch_within_a_branch_is_credited_once(repository: Any) -> None:
    fork(repository)
    repository.git("checkout", "--quiet", "-b", "inner", "topic")
    written(repository, "Kofi", {"registry/hubs/gh/c.yaml": "1"}, day="2026-01-04")
    repository.git("checkout", "--quiet", "topic")
    repository.git("merge", "--quiet", "--no-ff", "--no-edit", "inner", day="2026-01-05")
    repository.git("checkout", "--quiet", "main")
    join(repository)
    changes, spans = credited(repository)
    assert [set(names) for names in changes] == [{"Ama", "Kofi"}, {"Root"}]
    assert spans["c"] == (1, ("Kofi",))


def test_a_line_whose_beginning_has_no_records(repository: Any) -> None:
    written(repository, "Root", {"README.md": "x"}, day="2026-01-01")
    repository.git("checkout", "--quiet", "-b", "topic")
    written(repository, "Ama", {HUB: "1"}, day="2026-01-02")
    repository.git("checkout", "--quiet", "main")
    join(repository)
    written(repository, "Root", {"README.md": "y"}, day="2026-04-01")
    assert credited(repository) == ([("Ama",)], {"a": (1, ("Ama",))})
    assert logged(repository.folder / "registry").changes[0].day == date(2026, 3, 1)


# Where there is no history.


def test_outside_of_git(tmp_path: Path) -> None:
    assert log.read(open_history(tmp_path)) == Log(missing="no-git")


def test_before_the_first_commit(repository: Any) -> None:
    repository.write({HUB: "1"})
    assert logged(repository.folder / "registry") == Log(missing="")


def test_shallow_clone(repository: Any, tmp_path: Path) -> None:
    repository.commit({HUB: "1"})
    repository.commit({HUB: "2"})
    clone = tmp_path / "clone"
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.folder}", str(clone))
    assert logged(clone / "registry") == Log(missing="shallow")


def test_history_that_lost_an_object(repository: Any) -> None:
    repository.commit({HUB: "1"})
    first = repository.git("rev-parse", "HEAD").strip()
    repository.commit({HUB: "2"})
    (repository.folder / ".git" / "objects" / first[:2] / first[2:]).unlink()
    assert logged(repository.folder / "registry") == Log(missing="unreadable")


def test_only_the_latest_are_kept_but_all_are_counted(repository: Any) -> None:
    for number in range(5):
        repository.commit({HUB: str(number)})
    found = log.read(open_history(repository.folder / "registry"), latest=2)
    assert len(found.changes) == 2
    assert found.spans["hubs/gh/a.yaml"].count == 5


# The page and the feed.


class Bare(dict[str, Shell]):
    def __contains__(self, path: object) -> bool:
        return True

    def __missing__(self, path: str) -> Shell:
        return Shell(b"", b"", b"", b"")


def made(known: Registry, found: Log, **changed: Any) -> Edition:
    settings = known.settings
    assert settings is not None
    fields = {name: getattr(settings, name) for name in Settings.__slots__} | {"id": settings.id} | changed
    relations = Relations(known, lambda: found)
    return Edition(known, Settings(**fields), read_strings(ROOT / "site" / "strings", "en"), relations)


@pytest.fixture
def mini() -> Registry:
    return registry.load(ROOT / "tests" / "mini" / "registry", as_of=date(2026, 6, 30), prefix="registry/")


def shown(edition: Edition) -> str:
    templates = Templates(ROOT / "site" / "templates", Frame(ROOT, Bare(), ()), edition)
    return templates.page(changes.changes(edition), "changes.html").content.decode()


def one(id: str = "a" * 40, **changed: Any) -> Change:
    seconds = int(datetime(2026, 5, 3, 12, tzinfo=UTC).timestamp())
    fields = {
        "summary": "A change",
        "authors": ("Ama", "Kofi"),
        "added": Touched(),
        "changed": Touched(),
        "removed": Touched(),
    }
    return Change(id, **({"seconds": seconds} | fields | changed))


def test_page_lists_days_and_links_what_is_there(mini: Registry) -> None:
    refs = (("hub", "gh/atelier-etoile"), ("machine", "gh/tamale-open-workshop/laser"), ("hub", "gh/gone"))
    page = shown(made(mini, Log((one(added=Touched(30, refs)),), {}, "")))
    assert '<h2><time datetime="2026-05-03">3 May 2026</time></h2>' in page
    assert '<a href="../hubs/gh/atelier-etoile/"><bdi>Star Workshop</bdi></a>' in page
    assert "<bdi>Big laser</bdi></a> <small>Tamale Open Workshop</small>" in page
    assert "<bdi>gh/gone</bdi>" in page
    assert "and 27 more" in page
    assert f'href="https://forge.example/mini/registry/commit/{"a" * 40}"' in page


def test_what_was_renamed_leads_to_where_it_is_now(mini: Registry) -> None:
    page = shown(made(mini, Log((one(removed=Touched(1, (("hub", "gh/tamale-workshop"),))),), {}, "")))
    assert '<a href="../hubs/gh/tamale-open-workshop/">' in page


PASSPORT = "registry/passports/q7h2m9x4b1t8w5k3z6c0.yaml"


@pytest.mark.parametrize("text", ["a", None])
def test_passports_leave_no_trace(mini: Registry, repository: Any, text: str | None) -> None:
    """Neither that one came, changed or went, nor when, by whom and in which words; other records keep their change."""
    repository.commit({HUB: "1", PASSPORT: "0", "registry/README.md": "x"}, day="2026-01-01")
    repository.git("checkout", "--quiet", "-b", "canary-branch")
    if text is None:
        (repository.folder / PASSPORT).unlink()
    else:
        repository.write({PASSPORT: text})
    repository.git("add", "--all")
    author = ("-c", "user.name=Canary Maker", "commit", "--quiet", "--author=Canary Maker <canary@example.org>")
    repository.git(*author, "--message", "Canary words", day="2026-02-02")
    repository.git("checkout", "--quiet", "main")
    merge = ("merge", "--quiet", "--no-ff", "-m", "Merge pull request #7 from canary/branch\n\nCanary title")
    repository.git(*merge, "canary-branch", day="2026-02-03")
    repository.commit({HUB: "2"}, day="2026-03-01")
    found = logged(repository.folder / "registry")
    assert [one.day.isoformat() for one in found.changes] == ["2026-03-01", "2026-01-01"]
    assert [one.summary for one in found.changes] == ["change", ""]  # the first brought a passport as well
    assert list(found.spans) == ["hubs/gh/a.yaml"]
    edition = made(mini, found, contributor_names="shown")
    for shows in (shown(edition), feed.feed(edition).content.decode()):
        assert not [one for one in ("anary", "q7h2", "Passport", "2026-02", "2026-02-03") if one in shows]


@pytest.mark.parametrize(("setting", "is_there"), [("hidden", False), ("shown", True)])
def test_names_are_shown_only_where_the_registry_says_so(mini: Registry, setting: str, is_there: bool) -> None:
    edition = made(mini, Log((one(changed=Touched(1, (("hub", "gh/x"),))),), {}, ""), contributor_names=setting)
    assert ("Ama" in shown(edition)) is is_there
    root = ElementTree.fromstring(feed.feed(edition).content)
    names = [name.text for name in root.findall(f"{ATOM}entry/{ATOM}author/{ATOM}name")]
    assert names == (["Ama", "Kofi"] if is_there else [])


@pytest.mark.parametrize(("setting", "names"), [("hidden", ""), ("shown", " Written by \u2068Ama\u2069.")])
def test_a_record_says_who_wrote_it(mini: Registry, setting: str, names: str) -> None:
    hub = mini.get(Hub, "gh/atelier-etoile")
    assert hub is not None
    span = Span(date(2026, 1, 1), date(2026, 1, 1), 1, ("Ama",))
    edition = made(mini, Log((), {hub.path: span}, ""), contributor_names=setting)
    assert trust(edition, hub).history == f"In this registry since 1 Jan 2026, unchanged.{names}"


def test_only_the_first_of_many_names_stand_in_a_line(mini: Registry) -> None:
    edition = made(mini, Log(), contributor_names="shown")
    assert credits.line(edition, [str(number) for number in range(9)]).endswith("\u20684\u2069, and 4 more")


@pytest.mark.parametrize("missing", ["", "no-git", "shallow", "unreadable"])
def test_page_without_history_says_so(mini: Registry, missing: str) -> None:
    edition = made(mini, Log(missing=missing))
    words = edition.strings(f"changes.{missing or 'none'}")
    assert words in shown(edition)
    root = ElementTree.fromstring(feed.feed(edition).content)
    assert root.findtext(f"{ATOM}updated") == "2026-06-30T00:00:00Z"
    assert root.findall(f"{ATOM}entry") == []


def test_feed_is_atom(mini: Registry) -> None:
    found = Log((one(added=Touched(1, (("hub", "gh/atelier-etoile"),))), one("b" * 40, seconds=86400)), {}, "")
    root = ElementTree.fromstring(feed.feed(made(mini, found)).content)
    assert root.tag == f"{ATOM}feed"
    for tag, text in (
        ("id", "https://mini.example/registry/changes.atom"), ("title", "Changes in Mini Registry"),
        ("updated", "2026-05-03T12:00:00Z"), ("author/{}name", "Mini Registry"),
    ):  # fmt: skip
        assert root.findtext(ATOM + tag.replace("{}", ATOM)) == text
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "self": "https://mini.example/registry/changes.atom",
        "alternate": "https://mini.example/registry/changes/",
    }
    entries = root.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    tags = ("2026-05-03:/registry/" + "a" * 40, "1970-01-02:/registry/" + "b" * 40)
    assert ids == [f"tag:mini.example,{tag}" for tag in tags]
    for entry in entries:
        assert [child.tag.removeprefix(ATOM) for child in entry] == ["id", "title", "updated", "link", "content"]
    content = entries[0].findtext(f"{ATOM}content")
    link = '<a href="https://mini.example/registry/hubs/gh/atelier-etoile/">Star Workshop</a>'
    assert content == f"<p>1 added</p><ul><li>{link}</li></ul>"


def test_feed_holds_the_latest_fifty(mini: Registry) -> None:
    found = Log(tuple(one(f"{number:040d}", changed=Touched(1, (("hub", "gh/x"),))) for number in range(100)), {}, "")
    root = ElementTree.fromstring(feed.feed(made(mini, found)).content)
    assert len(root.findall(f"{ATOM}entry")) == 50


def test_hostile_texts_stay_text(hostile: Registry) -> None:
    refs = (("hub", "gh/hostile"), ("machine", "gh/hostile/long"))
    summary = "</title><script>window.pwned=1</script>]]>&\"'"
    edition = made(
        hostile, Log((one(summary=summary, authors=("<b>",), added=Touched(2, refs)),), {}, ""),
        contributor_names="shown", name=Text.of("A\x0b\ufffe\u202e <b>"),
    )  # fmt: skip
    assert "<script" not in shown(edition)
    root = ElementTree.fromstring(feed.feed(edition).content)
    assert root.findtext(f"{ATOM}title") == "Changes in A <b>"
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == summary
    assert "<script" not in (entry.findtext(f"{ATOM}content") or "")


@pytest.mark.parametrize(
    ("kind", "address"),
    [("github", "https://f.example/x/commit/1"), ("gitlab", "https://f.example/x/-/commit/1"),
     ("forgejo", "https://f.example/x/commit/1")],
)  # fmt: skip
def test_commits_on_each_forge(kind: str, address: str) -> None:
    assert forge.commit(Forge(kind=kind, repository="https://f.example/x/"), "1") == address


def test_the_same_commit_gives_the_same_bytes(repository: Any, mini: Registry) -> None:
    shutil.copytree(ROOT / "tests" / "mini" / "registry", repository.folder / "registry")
    repository.commit()
    repository.commit({"registry/hubs/gh/x.yaml": "x"}, day="2026-02-01")
    clone = repository.folder.parent / "clone"
    subprocess.run(["git", "clone", "--quiet", str(repository.folder), str(clone)], check=True)
    both = [made(mini, logged(folder / "registry")) for folder in (repository.folder, clone)]
    assert shown(both[0]) == shown(both[1])
    assert feed.feed(both[0]) == feed.feed(both[1])
