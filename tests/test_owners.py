"""Who must approve a change: every way to take somebody else's record over, tried on real repositories."""

import os
import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator import owners, schemas
from generator.canonical import canonical
from generator.history import HistoryError
from generator.owners import NOTHING, PLAIN, Account, Base, Change, People, Requirement, Verdict, Version, account
from generator.owners.accounts import has
from generator.owners.claims import claims, mentions
from generator.owners.low_risk import FIELDS
from generator.revisions import open_revisions

HUB = "registry/hubs/gh/base-hub.yaml"
OTHER = "registry/hubs/gh/other.yaml"
LASER = "registry/machines/gh/base-hub/laser.yaml"
KEY = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
KEY_2 = "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"

STEWARD = account("base-hub:1001")
STRANGER = account("mallory:6666")
MAINTAINER = account("ama:9")
OTHERS = account("other-hub:2002")


def hub(name: str = "Base Hub", number: int = 1001, login: str = "base-hub", more: str = "") -> str:
    return (
        f"name: {name}\nkind: makerspace\nlocation:\n  locality: Kumasi\n  latitude: 6.6885\n  longitude: -1.6244\n"
        f"website: https://{login}.example/\nstewards:\n  - github: {login}\n    github_id: {number}\n{more}"
    )


RULE = "decision: accept\ncompetence: laser-cutter-operation\nissuers: [gh/other]\nvalid_from: 2026-01-01\n"
MACHINE = "name: Laser\nprocesses: [laser-cutting]\n"


_KEPT: list[Path] = []


@pytest.fixture
def work(request: pytest.FixtureRequest, repository: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A repository with two hubs, their stewards and a maintainer, and the branch `topic` checked out."""
    if not _KEPT:
        made = prepared(request.getfixturevalue("committed"))
        _KEPT.append(Path(shutil.copytree(made.folder, tmp_path_factory.mktemp("kept") / "work")))
    shutil.copytree(_KEPT[0], repository.folder, dirs_exist_ok=True)
    return repository


def prepared(committed: Any) -> Any:
    settings = (committed.folder / "registry/registry.yaml").read_text()
    committed.commit({
        HUB: hub(), OTHER: hub("Other", 2002, "other-hub", f"keys:\n  - public_key: {KEY}\n    valid_from: 2026-01-01\n"
                               "same_as: [https://www.fablabs.io/labs/other]\nformerly: [gh/other-before]\n"),
        "registry/registry.yaml": f"{settings}maintainers:\n  - github: ama\n    github_id: 9\n",
        "registry/hubs/gh/gone.yaml": hub("Gone", 3003, "gone-hub", "status: closed\nclosed_on: 2025-01-01\n"),
    })  # fmt: skip
    committed.git("checkout", "--quiet", "-b", "topic")
    return committed


Seen = tuple[Base, tuple[Change, ...]]


def seen(work: Any) -> Seen:
    opened = open_revisions(work.folder / "registry", "main", "HEAD")
    assert opened.lead == "registry/"
    changes = opened.changes(partial(owners.needs_content, opened.lead))
    return opened.known(owners.wanted(opened.lead, changes)), changes


def decided(what: Seen, *authors: Account, by: tuple[Account, ...] = ()) -> Verdict:
    return owners.verdict(*what, People(authors, by))


def judged(work: Any, *authors: Account, by: tuple[Account, ...] = ()) -> Verdict:
    return decided(seen(work), *authors, by=by)


def only(found: Verdict) -> Requirement:
    (one,) = found.requirements
    return one


def needs(found: Verdict) -> dict[str, str]:
    return {one.path: str(one.need) for one in found.requirements}


def edit(work: Any, path: str, old: str, new: str) -> None:
    text = (work.folder / path).read_text()
    assert old in text
    work.commit({path: text.replace(old, new, 1)})


# What is allowed.


def test_steward_edits_own_hub(work: Any) -> None:
    edit(work, HUB, "kind: makerspace", "kind: fab-lab")
    found = judged(work, STEWARD)
    assert only(found).reasons == ("changes `kind`",)
    assert not found.missing
    assert not found.may_merge_itself
    assert judged(work, STRANGER).missing
    assert judged(work).missing
    assert not judged(work, STRANGER, by=(STEWARD,)).missing
    assert not judged(work, STRANGER, by=(MAINTAINER,)).missing
    assert judged(work, STRANGER, by=(OTHERS,)).missing


def test_steward_adds_machine_and_rule(work: Any) -> None:
    work.commit({"registry/machines/gh/base-hub/saw.yaml": MACHINE, "registry/recognitions/gh/base-hub/a.yaml": RULE})
    found = judged(work, STEWARD)
    assert found.maintainers == (MAINTAINER,)
    # The registry has no rules yet: the first of its kind is looked at by a maintainer.
    assert needs(found) == {"registry/machines/gh/base-hub/saw.yaml": "steward",
                            "registry/recognitions/gh/base-hub/a.yaml": "maintainer"}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "old", "new", "alone"),
    [
        (HUB, "kind:", "hours: Mo-Fr 09:00-18:00\nkind:", True),
        (HUB, "kind:", "contact: {email: desk@base-hub.example}\nkind:", True),
        (HUB, "kind:", "status: paused\nkind:", True),
        (HUB, "kind:", "status: closed\nkind:", False),
        (HUB, "kind:", "verified: {on: 2026-05-01, how: self}\nkind:", True),
        (HUB, "kind:", "verified: {on: 2026-05-01, how: visit}\nkind:", False),
        (HUB, "kind:", "# only the form\nkind:", True),
        (HUB, "https://base-hub.example/", "https://elsewhere.example/", False),
        (LASER, "model:", "status: broken\nmodel:", True),
        (LASER, "model:", "quantity: 2\nmodel:", True),
        (LASER, "model:", "power_w: 60\nmodel:", False),
    ],
)
def test_edit_of_low_risk_may_merge_itself(work: Any, path: str, old: str, new: str, alone: bool) -> None:
    edit(work, path, old, new)
    what = seen(work)
    assert decided(what, STEWARD).may_merge_itself == alone
    assert needs(decided(what, STEWARD)) == {path: "steward"}
    for author in (STRANGER, MAINTAINER, account("base-hub"), account("base-hub:7")):
        assert not decided(what, author, by=(STEWARD,)).may_merge_itself


def test_fields_of_low_risk_are_fields() -> None:
    for kind, fields in FIELDS.items():
        assert set(fields) <= set(schemas.properties(kind))
        assert not set(fields) & {"stewards", "keys", "formerly", "website", "same_as", "name", "location"}


def test_new_hub_by_anyone_needs_a_maintainer(work: Any) -> None:
    work.commit({"registry/hubs/gh/fresh.yaml": hub("Fresh", 6666, "mallory")})
    assert only(judged(work, STRANGER)).reasons == ("is a new hub",)
    assert judged(work, STRANGER).missing
    assert not judged(work, STRANGER, by=(MAINTAINER,)).missing


def test_new_country_is_named(work: Any) -> None:
    work.commit({"registry/hubs/ke/fresh.yaml": hub("Fresh", 6666, "mallory")})
    assert only(judged(work)).reasons == ("is a new hub", "is the first record in `hubs/ke/`")


def test_line_ends_are_form_only(work: Any) -> None:
    (work.folder / HUB).write_bytes(hub().replace("\n", "\r\n").encode())
    work.commit()
    assert only(judged(work, STEWARD)).reasons == ("changes its form only",)
    assert judged(work, STEWARD).may_merge_itself


# Who is who.


@pytest.mark.parametrize(
    ("listed", "one", "same"),
    [
        ("ama:9", "ama:9", True),
        ("ama:9", "AMA:9", True),
        ("ama:9", "renamed:9", True),
        ("ama:9", "ama:10", False),
        ("ama:9", "ama", False),
        ("ama", "ama", True),
        ("ama", "Ama:10", True),
        ("ama", "kofi:9", False),
        ("ama ama:9", "ama:10", False),
        ("ama ama:9", "ama", False),
    ],
)
def test_account_is_known_by_number_else_by_login(listed: str, one: str, same: bool) -> None:
    assert has([account(text) for text in listed.split()], account(one)) == same


@pytest.mark.parametrize("text", ["", "ama:", "ama:x", "ama:0", "аma:9", "a b", "ama:9\n", "@ama", "ama:-1", "a" * 101])
def test_what_is_no_account(text: str) -> None:
    with pytest.raises(ValueError, match="is no account"):
        account(text)


def test_login_that_changed_hands_inherits_nothing(work: Any) -> None:
    edit(work, HUB, "kind:", "hours: Mo 09:00-10:00\nkind:")
    assert judged(work, account("base-hub:4242")).missing
    assert judged(work, account("base-hub")).missing
    assert not judged(work, account("new-name:1001")).missing


# Taking over.

Trick = Callable[[Any], None]


def move(work: Any, old: str, new: str) -> None:
    (work.folder / new).parent.mkdir(parents=True, exist_ok=True)
    work.git("mv", old, new)
    work.commit()


def link(work: Any, path: str, target: str) -> None:
    place = work.folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        work.git("rm", "-r", "--quiet", path)
        place.parent.mkdir(parents=True, exist_ok=True)
    os.symlink(target, place)
    work.commit()


def submodule(work: Any, path: str) -> None:
    """Put a submodule in place of a path, and ask Git to look away."""
    work.git("rm", "-r", "--quiet", path)
    work.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},{path}")
    work.write({".gitmodules": f'[submodule "x"]\n\tpath = {path}\n\turl = https://x.example\n\tignore = all\n'})
    work.git("add", ".gitmodules")
    work.git("commit", "--quiet", "--message", "change")


TRICKS: dict[str, tuple[Trick, str]] = {
    "owner replaced": (lambda w: w.commit({HUB: hub(number=6666, login="mallory")}), "changes who its stewards are"),
    "owner added": (
        lambda w: edit(w, HUB, "stewards:\n", "stewards:\n  - github: mallory\n    github_id: 6666\n"),
        "changes who its stewards are",
    ),
    "owner added with the right login and another number": (
        lambda w: edit(w, HUB, "stewards:\n", "stewards:\n  - github: base-hub\n    github_id: 6666\n"),
        "changes who its stewards are",
    ),
    "owner's number taken out": (
        lambda w: edit(w, HUB, "    github_id: 1001\n", ""), "changes who its stewards are",
    ),
    "all owners taken out": (
        lambda w: w.commit({HUB: hub().split("stewards:")[0]}), "changes who its stewards are",
    ),
    "keys swapped": (lambda w: edit(w, OTHER, KEY, KEY_2), "changes its keys"),
    "key's days": (lambda w: edit(w, OTHER, "2026-01-01", "2020-01-01"), "changes its keys"),
    "renamed": (lambda w: move(w, HUB, "registry/hubs/gh/mine.yaml"), "is removed"),
    "renamed, with its old address": (
        lambda w: (edit(w, HUB, "kind:", "formerly: [gh/base-hub]\nkind:"), move(w, HUB, "registry/hubs/gh/m.yaml")),
        "claims the address of `gh/base-hub`",
    ),
    "moved to another country": (lambda w: move(w, HUB, "registry/hubs/ke/base-hub.yaml"), "is removed"),
    "folder renamed": (lambda w: move(w, "registry/hubs/gh", "registry/hubs/ke"), "is removed"),
    "file's name in capitals": (
        lambda w: w.commit({"registry/hubs/gh/Base-Hub.yaml": hub(number=6666)}),
        f"differs only in letters' forms from `{HUB}`, and would overwrite it on many disks",
    ),
    "country in capitals": (
        lambda w: w.commit({"registry/hubs/GH/base-hub.yaml": hub(number=6666)}), "differs only in letters' forms",
    ),
    "registry in capitals": (
        lambda w: w.commit({"Registry/hubs/gh/base-hub.yaml": hub(number=6666)}), "differs only in letters' forms",
    ),
    "ending in capitals": (
        lambda w: w.commit({"registry/hubs/gh/base-hub.YAML": hub(number=6666)}), "differs only in letters' forms",
    ),
    "wide letters": (
        lambda w: w.commit({"registry/hubs/gh/ｂase-hub.yaml": hub(number=6666)}), "differs only in letters' forms",
    ),
    "Cyrillic letter": (
        lambda w: w.commit({"registry/hubs/gh/bаse-hub.yaml": hub(number=6666)}), "is no place of a record",
    ),
    "machine of a hub that is not there": (
        lambda w: w.commit({"registry/machines/gh/nowhere/saw.yaml": MACHINE}), "is no hub of the base",
    ),
    "machine of a hub that comes with it": (
        lambda w: w.commit({"registry/hubs/gh/new.yaml": hub(), "registry/machines/gh/new/saw.yaml": MACHINE}),
        "belongs to `gh/new`, which is no hub of the base",
    ),
    "machine moved away": (lambda w: move(w, LASER, "registry/machines/gh/other/laser.yaml"), "is removed"),
    "machine with another hub's address": (
        lambda w: w.commit({"registry/machines/gh/other/saw.yaml": f"{MACHINE}formerly: [gh/base-hub/laser]\n"}),
        "takes over addresses of another hub: `gh/base-hub/laser`",
    ),
    "tombstone revived": (
        lambda w: edit(w, "registry/hubs/gh/gone.yaml", "status: closed\nclosed_on: 2025-01-01\n", ""),
        "opens a closed hub again",
    ),
    "tombstone taken away": (lambda w: (w.git("rm", "-q", "registry/hubs/gh/gone.yaml"), w.commit()), "is removed"),
    "link in place of a record": (lambda w: link(w, HUB, "other.yaml"), "becomes a symbolic link"),
    "link whose target reads as a record": (lambda w: link(w, HUB, "name: x\nkind: fab-lab\n"), "symbolic link"),
    "link in place of a folder": (
        lambda w: link(w, "registry/machines/gh/base-hub", "../../elsewhere"), "is no place of a record",
    ),
    "new link": (lambda w: link(w, "registry/machines/gh/base-hub/saw.yaml", "laser.yaml"), "becomes a symbolic link"),
    "submodule in place of a record": (lambda w: submodule(w, HUB), "becomes a submodule"),
    "submodule in place of a folder": (lambda w: submodule(w, "registry/hubs/gh"), "is no place of a record"),
    "record made a program": (
        lambda w: (w.git("update-index", "--chmod=+x", HUB), w.git("commit", "-qm", "x")), "becomes a program",
    ),
    "new hub at a former address": (
        lambda w: w.commit({"registry/hubs/gh/other-before.yaml": hub("Other", 6666, "mallory")}),
        "claims the id that `gh/other` had before",
    ),
    "former address of another": (
        lambda w: edit(w, HUB, "kind:", "formerly: [gh/other-before]\nkind:"), "claims the address of `gh/other`",
    ),
    "another hub's id as former address": (
        lambda w: edit(w, HUB, "kind:", "formerly: [gh/other]\nkind:"), "claims the address of `gh/other`",
    ),
    "another's identity": (
        lambda w: edit(w, HUB, "kind:", "same_as: [http://FABLABS.io/labs/Other/]\nkind:"),
        "claims an identity of `gh/other`",
    ),
    "another's key": (
        lambda w: w.commit({"registry/hubs/gh/new.yaml": hub(more=f"keys: [{{public_key: {KEY}, "
                                                                  "valid_from: 2026-01-01}]\n")}),
        "claims a key of `gh/other`",
    ),
    "broken at the head": (lambda w: w.commit({HUB: hub().replace("name:", "name: [")}), "is no valid hub"),
    "not valid at the head": (lambda w: w.commit({HUB: hub(more="owner: me\n")}), "is no valid hub"),
    "too large": (lambda w: w.commit({HUB: hub(more=f"# {'x' * 70_000}\n")}), "is no valid hub"),
    "passports elsewhere": (
        lambda w: edit(w, "registry/registry.yaml", "name:", "passports: mine\nname:"), "changes `passports`",
    ),
    "maintainer added": (
        lambda w: edit(w, "registry/registry.yaml", "maintainers:\n", "maintainers:\n  - {github: m, github_id: 66}\n"),
        "changes `maintainers`",
    ),
    "settings removed": (lambda w: (w.git("rm", "-q", "registry/registry.yaml"), w.commit()), "is removed"),
    "exception": (lambda w: w.commit({"registry/exceptions.yaml": "exceptions: [] # x\n"}), "exceptions from"),
    "contract": (lambda w: w.commit({"registry/contracts/x/1.yaml": "a: 1\n"}), "a contract template"),
    "passport": (lambda w: w.commit({"registry/passports/abc.yaml": "a: 1\n"}), "a passport"),
    "process": (lambda w: edit(w, "registry/processes/sawing.yaml", "labels:", "labels: "), "concerns a process"),
    "attributes": (lambda w: w.commit({"registry/.gitattributes": "* binary\n"}), "is no place of a record"),
    "schema": (lambda w: w.commit({"schemas/hub.json": "{}\n"}), "lies outside of the registry"),
    "workflow": (lambda w: w.commit({".github/workflows/review.yml": "on: push\n"}), "lies outside of the registry"),
    "yml": (lambda w: w.commit({"registry/hubs/gh/base-hub.yml": hub(number=6666)}), "is no place of a record"),
    "duplicate key": (lambda w: w.commit({HUB: hub(more="stewards: [{github: m, github_id: 6}]\n")}), "no valid hub"),
    "anchor": (lambda w: edit(w, HUB, "name: Base", "name: &a Base"), "is no valid hub"),
    "merge key": (lambda w: w.commit({HUB: hub(more="<<: {stewards: [{github: m, github_id: 6}]}\n")}), "no valid hub"),
    "tag": (lambda w: edit(w, HUB, "github_id: 1001", "github_id: !!int 1001"), "is no valid hub"),
    "second document": (lambda w: w.commit({HUB: f"{hub()}---\n{hub(number=6666)}"}), "is no valid hub"),
    "number in another writing": (lambda w: edit(w, HUB, "1001", "0x3e9"), "is no valid hub"),
    "number that is nearly the same": (lambda w: edit(w, HUB, "1001", "1001.0"), "changes who its stewards are"),
    "login in the same look": (lambda w: edit(w, HUB, "github: base-hub", "github: bаse-hub"), "is no valid hub"),
    "mark before the first letter": (
        lambda w: w.commit({HUB: "\ufeff" + hub(number=6666)}), "changes who its stewards are",
    ),
    "pointer to a large file": (
        lambda w: w.commit({HUB: f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 9\n"}),
        "is no valid hub",
    ),
    "nothing in it": (lambda w: w.commit({HUB: ""}), "is no valid hub"),
    "folder in place of a record": (
        lambda w: (w.git("rm", "-q", HUB), w.commit({f"{HUB}/base-hub.yaml": hub(number=6666)})),
        "is no place of a record",
    ),
    "moved to another kind": (lambda w: move(w, HUB, "registry/networks/base-hub.yaml"), "concerns a network"),
    "device of Windows": (
        lambda w: w.commit({"registry/machines/gh/base-hub/aux.yaml": MACHINE}), "is no place of a record",
    ),
    "attributes among hubs": (lambda w: w.commit({"registry/hubs/gh/.gitattributes": "* -text\n"}), "is no place"),
    "code owners": (lambda w: w.commit({"docs/CODEOWNERS": "* @mallory\n"}), "lies outside of the registry"),
    "names of others": (lambda w: w.commit({".mailmap": "Ama <a@b> <m@m>\n"}), "lies outside of the registry"),
    "another's name": (lambda w: edit(w, HUB, "Base Hub", "  ÓTHER"), "claims the name of `gh/other`"),
    "another's name in other letters": (lambda w: edit(w, HUB, "Base Hub", "Оthеr"), "claims the name of `gh/other`"),
    "another's name in one language": (
        lambda w: edit(w, HUB, "name: Base Hub", "name: {en: Base Hub, fr: Other}"), "claims the name of `gh/other`",
    ),
    "another's identity in another spelling": (
        lambda w: edit(w, HUB, "kind:", "same_as: ['https://FABLABS.io.:443//l%61bs/other/?x#y']\nkind:"),
        "claims an identity of `gh/other`",
    ),
    "owner's login with another number": (
        lambda w: edit(w, HUB, "1001", "6666"), "gives the login `base-hub` another account's number",
    ),
    "owner's login in capitals with another number": (
        lambda w: edit(w, HUB, "stewards:\n", "stewards:\n  - github: BASE-hub\n    github_id: 6666\n"),
        "gives the login `BASE-hub` another account's number",
    ),
    "maintainer's login with another number": (
        lambda w: edit(w, "registry/registry.yaml", "github_id: 9", "github_id: 66"),
        "gives the login `ama` another account's number",
    ),
    "network joined": (
        lambda w: edit(w, HUB, "kind:", "networks: [fab-lab-network]\nkind:"),
        "joins `fab-lab-network`, whose members' credentials others recognise",
    ),
    "network joined beside another one's loss": (
        lambda w: edit(w, HUB, "kind:", "networks: [n-2]\nstatus: paused\nkind:"), "joins `n-2`",
    ),
    "another's website as identity": (
        lambda w: edit(w, HUB, "kind:", "same_as: [https://other-hub.example/]\nkind:"),
        "claims an identity of `gh/other`",
    ),
    "second registry": (lambda w: w.commit({"registry.yaml": "name: x\n", "hubs/gh/base-hub.yaml": hub()}), "outside"),
}  # fmt: skip


@pytest.mark.parametrize("name", TRICKS)
def test_taking_over_needs_a_maintainer(work: Any, name: str) -> None:
    trick, reason = TRICKS[name]
    trick(work)
    what = seen(work)
    found = decided(what, STRANGER, STEWARD, OTHERS, account("gone-hub:3003"), by=(STRANGER, account("mallory:1")))
    assert any(reason in text for one in found.missing for text in one.reasons), found
    assert not found.may_merge_itself
    assert decided(what, STRANGER).missing
    assert not decided(what, STRANGER, by=(MAINTAINER,)).missing


NAMES = [
    "base-hub.yaml.", "base-hub.yaml ", " base-hub.yaml", "base-hub .yaml", "base-hub..yaml", "base--hub.yaml",
    "base-hub\u200d.yaml", "base-hub.yaml\u200b", "base\u2010hub.yaml", "base-hub\u0301.yaml", "base-hüb.yaml",
    "base-hu\u0308b.yaml", "base-hub.yaml\n", "base-hub.yaml~", "base-hub.yaml::$DATA", "BASE-H~1.YAM", "base_hub.yaml",
    "baſe-hub.yaml", "base-hub\u202elmay.", "base-hub\\x.yaml", "con.yaml", "base-hub.yaml.yaml",
]  # fmt: skip


@pytest.mark.parametrize("name", [*NAMES, "x/base-hub.yaml", "../gh/base-hub.yaml"])
def test_names_that_look_like_a_records(name: str) -> None:
    one = Change(f"registry/hubs/gh/{name}", (NOTHING,), Version(PLAIN, "1", hub().encode()))
    base = Base("registry/", {HUB: Version(PLAIN, "2", hub().encode())})
    found = owners.verdict(base, [one], People((STEWARD,), (OTHERS,)))
    assert "is no place of a record" in only(found).reasons
    assert found.missing


@pytest.mark.parametrize("folder", ["GH", "ɢh", "gh ", "gh.", "\u212ae", "ĸe"])
def test_countries_that_look_like_one(folder: str) -> None:
    one = Change(f"registry/machines/{folder}/base-hub/laser.yaml", (NOTHING,), Version(PLAIN, "1", MACHINE.encode()))
    found = owners.verdict(Base("registry/", {HUB: Version(PLAIN, "2", hub().encode())}), [one], People((STEWARD,)))
    assert found.missing


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("registry/machines/gh/other/saw.yaml", MACHINE),
        (LASER, MACHINE),
        (HUB, hub("Mine")),
        (HUB, hub().replace("\n", "\r\n")),
        (HUB, f"# A comment\n{hub()}"),
        ("registry/hubs/gh/gone.yaml", hub("Gone", 3003, "gone-hub", "status: closed\n")),
    ],
)
def test_stranger_changes_nothing_of_a_hub(work: Any, path: str, text: str) -> None:
    work.folder.joinpath(path).parent.mkdir(parents=True, exist_ok=True)
    work.folder.joinpath(path).write_bytes(text.encode())
    work.commit()
    assert [one.path for one in judged(work, STRANGER, by=(STRANGER,)).missing] == [path]


def test_rule_of_another_hub_is_for_its_stewards(work: Any) -> None:
    work.git("checkout", "--quiet", "main")
    work.commit({"registry/recognitions/gh/other/a.yaml": RULE})
    work.git("checkout", "--quiet", "topic")
    work.git("merge", "--quiet", "main")
    work.commit({"registry/recognitions/gh/base-hub/mine.yaml": RULE, "registry/recognitions/gh/other/b.yaml": RULE})
    assert [one.hub for one in judged(work, STEWARD).missing] == ["gh/other"]
    assert not judged(work, STEWARD, by=(OTHERS,)).missing


def test_one_steward_does_not_speak_for_another_hub(work: Any) -> None:
    edit(work, HUB, "kind:", "hours: Mo 09:00-10:00\nkind:")
    edit(work, OTHER, "kind:", "hours: Mo 09:00-10:00\nkind:")
    found = judged(work, STEWARD)
    assert [one.path for one in found.missing] == [OTHER]
    assert not found.may_merge_itself
    assert judged(work, STEWARD, OTHERS).may_merge_itself


def test_leaving_a_network_is_the_stewards_own_decision(work: Any) -> None:
    work.git("checkout", "--quiet", "main")
    edit(work, HUB, "kind:", "networks: [one, two]\nkind:")
    work.git("checkout", "--quiet", "-B", "topic")
    edit(work, HUB, "networks: [one, two]", "networks: [two]")
    assert not judged(work, STEWARD).missing
    edit(work, HUB, "networks: [two]", "networks: [two, three]")
    assert only(judged(work, STEWARD)).reasons[0] == "joins `three`, whose members' credentials others recognise"


def test_website_of_an_organisation_may_be_shared_and_is_told(work: Any) -> None:
    edit(work, HUB, "https://base-hub.example/", "http://www.other-hub.example")
    assert only(judged(work, STEWARD)).reasons == ("changes `website`", "claims the website of `gh/other`")
    assert not judged(work, STEWARD).missing


# Where lines meet.


def test_owners_are_those_of_the_base_as_it_is_now(work: Any) -> None:
    edit(work, HUB, "kind:", "hours: Mo 09:00-10:00\nkind:")
    work.git("checkout", "--quiet", "main")
    work.commit({HUB: hub(number=5005, login="new-steward")})
    work.git("checkout", "--quiet", "topic")
    found = judged(work, STEWARD)
    assert [who.number for who in only(found).stewards] == [5005]
    assert found.missing, "whoever was a steward when the branch was made"


def test_what_both_lines_changed_is_looked_at(work: Any) -> None:
    edit(work, HUB, "kind:", "hours: Mo 09:00-10:00\nkind:")
    work.git("checkout", "--quiet", "main")
    edit(work, HUB, "longitude: -1.6244\n", "longitude: -1.6245\n")
    work.git("checkout", "--quiet", "topic")
    found = judged(work, STEWARD)
    assert "changed on the base too since the branch was made: bring the branch up to date" in only(found).reasons
    assert found.missing
    work.git("merge", "--quiet", "--no-edit", "main")
    assert not judged(work, STEWARD).missing


def test_two_harmless_changes_that_together_name_a_steward(work: Any) -> None:
    """What is text in one version is a comment in the other, and where both meet it is neither."""
    work.git("checkout", "--quiet", "main")
    rows = "".join(f"  # {word}\n" for word in ("one", "two", "three", "four", "five", "six", "seven", "eight"))
    others = hub().partition("stewards:")[0]
    listed = "stewards:\n  - github: base-hub\n    github_id: 1001\n"
    work.commit({HUB: f"summary: |\n{rows}{others}{listed}"})
    work.git("checkout", "--quiet", "-B", "topic")
    work.commit({HUB: f"{listed}{rows}{others}summary: A lab\n"})
    assert not judged(work, STEWARD).missing
    work.git("checkout", "--quiet", "-B", "second", "main")
    edit(work, HUB, "  # four\n", "  # four\n  - github: mallory\n    github_id: 6666\n")
    assert not judged(work, STEWARD).missing
    work.git("checkout", "--quiet", "main")
    work.git("merge", "--quiet", "--no-ff", "--no-edit", "second")
    work.git("checkout", "--quiet", "topic")
    assert judged(work, STEWARD).missing
    work.git("merge", "--quiet", "--no-edit", "main")
    assert "mallory" in (work.folder / HUB).read_text().partition("name:")[0]
    assert "changes who its stewards are" in only(judged(work, STEWARD)).reasons


def test_what_the_base_changed_is_not_the_changes(work: Any) -> None:
    edit(work, HUB, "kind:", "hours: Mo 09:00-10:00\nkind:")
    work.git("checkout", "--quiet", "main")
    work.commit({OTHER: hub("Other", 2002, "other-hub"), "README.md": "new\n"})
    work.git("checkout", "--quiet", "topic")
    assert needs(judged(work)) == {HUB: "steward"}
    work.git("merge", "--quiet", "--no-edit", "main")
    assert needs(judged(work)) == {HUB: "steward"}


def test_same_change_on_both_lines_is_none(work: Any) -> None:
    edit(work, HUB, "kind:", "hours: Mo 09:00-10:00\nkind:")
    work.git("checkout", "--quiet", "main")
    edit(work, HUB, "kind:", "hours: Mo 09:00-10:00\nkind:")
    work.git("checkout", "--quiet", "topic")
    assert judged(work).requirements == ()
    assert not judged(work, STEWARD).may_merge_itself


def test_change_hidden_in_a_merge(work: Any) -> None:
    edit(work, HUB, "kind:", "hours: Mo 09:00-10:00\nkind:")
    work.git("checkout", "--quiet", "main")
    work.commit({"README.md": "new\n"})
    work.git("checkout", "--quiet", "topic")
    work.git("merge", "--quiet", "--no-commit", "--no-ff", "main")
    work.commit({OTHER: hub("Other", 6666, "mallory")})
    assert needs(judged(work)) == {HUB: "steward", OTHER: "maintainer"}


def test_what_the_base_undid_since_is_seen(work: Any) -> None:
    """Main takes a branch, undoes it, and the branch comes again by way of a merge that puts it back."""
    work.commit({OTHER: hub("Other", 6666, "mallory")})
    work.git("checkout", "--quiet", "main")
    work.git("merge", "--quiet", "--no-ff", "--no-edit", "topic")
    work.git("revert", "--no-edit", "--mainline", "1", "HEAD")
    work.git("checkout", "--quiet", "topic")
    assert needs(judged(work)) == {}, "Git takes nothing of it into main"
    work.git("merge", "--quiet", "--no-commit", "--no-ff", "main")
    work.commit({OTHER: hub("Other", 6666, "mallory")})
    assert needs(judged(work)) == {OTHER: "maintainer"}


def test_crosswise_merges_hide_nothing(work: Any) -> None:
    edit(work, HUB, "kind:", "hours: Mo 09:00-10:00\nkind:")
    work.git("branch", "topic-1")
    work.git("checkout", "--quiet", "main")
    edit(work, OTHER, "kind: makerspace", "kind: fab-lab")
    work.git("branch", "main-1")
    work.git("merge", "--quiet", "--no-edit", "topic-1")
    work.git("checkout", "--quiet", "topic")
    work.git("merge", "--quiet", "--no-edit", "--no-ff", "main-1")
    work.commit({OTHER: hub("Other", 2002, "other-hub")})
    opened = open_revisions(work.folder / "registry", "main", "HEAD")
    assert len(opened.forks) == 2
    assert needs(judged(work)) == {OTHER: "maintainer"}


def test_octopus_hides_nothing(work: Any) -> None:
    edit(work, HUB, "kind:", "hours: Mo 09:00-10:00\nkind:")
    for name in ("arm-1", "arm-2"):
        work.git("checkout", "--quiet", "-b", name, "main")
        work.commit({f"registry/machines/gh/base-hub/{name}.yaml": MACHINE})
    work.git("checkout", "--quiet", "topic")
    work.git("merge", "--quiet", "--no-commit", "--no-ff", "arm-1", "arm-2")
    work.commit({OTHER: hub("Other", 6666, "mallory")})
    assert [one.path for one in judged(work, STEWARD).missing] == [OTHER]


def test_settings_of_git_have_no_part(work: Any) -> None:
    """Whatever attributes, filters, orders and drivers a repository has: what commits hold is judged."""
    attributes = "*.yaml filter=x diff=x merge=x export-ignore -text\n"
    work.commit({".gitattributes": attributes, OTHER: hub("Other", 6666, "mallory")})
    for setting in ("filter.x.clean=true", "diff.x.textconv=true", "diff.external=true", "diff.noprefix=true",
                    "diff.renames=copies", "diff.ignoreSubmodules=all", "diff.orderFile=nowhere", "color.ui=always",
                    "core.quotePath=true", "diff.relative=true"):  # fmt: skip
        work.git("config", *setting.split("="))
    assert set(needs(judged(work)).values()) == {"maintainer"}
    assert OTHER in needs(judged(work))


def test_removed_from_the_base_since(work: Any) -> None:
    edit(work, HUB, "kind:", "hours: Mo 09:00-10:00\nkind:")
    work.git("checkout", "--quiet", "main")
    work.git("rm", "--quiet", HUB)
    work.commit()
    work.git("checkout", "--quiet", "topic")
    assert "was removed from the base since" in only(judged(work, STEWARD)).reasons[0]
    assert judged(work, STEWARD).missing


def test_record_that_is_broken_on_the_base_has_no_stewards(work: Any) -> None:
    work.git("checkout", "--quiet", "main")
    work.commit({HUB: hub(more="owner: me\n")})
    work.git("checkout", "--quiet", "-B", "topic")
    work.commit({HUB: hub(), "registry/machines/gh/base-hub/saw.yaml": MACHINE})
    assert len(judged(work, STEWARD).missing) == 2
    assert not judged(work, MAINTAINER).missing


def test_settings_that_are_broken_on_the_base_name_nobody(work: Any) -> None:
    work.git("checkout", "--quiet", "main")
    work.commit({"registry/registry.yaml": "maintainers: [{github: ama, github_id: 9}]\n"})
    work.git("checkout", "--quiet", "-B", "topic")
    work.commit({"README.md": "x\n"})
    assert judged(work, MAINTAINER).missing


def test_replacement_refs_and_attributes_hide_nothing(work: Any) -> None:
    (work.folder / ".git/info").mkdir(exist_ok=True)
    (work.folder / ".git/info/attributes").write_text("*.yaml binary -diff\n")
    work.commit({"registry/hubs/gh/new.yaml": hub(more="same_as: [https://www.fablabs.io/labs/other]\n")})
    assert "claims an identity of `gh/other`" in only(judged(work)).reasons
    work.git("replace", "HEAD", "main")
    assert judged(work).requirements


def test_names_that_are_no_text(work: Any) -> None:
    name = os.fsdecode(b"registry/hubs/gh/\xff\n|`<b>@all.yaml")
    (work.folder / name).write_text(hub())
    work.commit()
    assert only(judged(work, STEWARD)).path == name


def test_shallow_clone_says_so(work: Any, tmp_path: Path) -> None:
    work.commit({"README.md": "x\n"})
    work.git("clone", "--quiet", "--depth", "1", "--no-single-branch", f"file://{work.folder}", str(tmp_path / "clone"))
    with pytest.raises(HistoryError, match="git fetch --unshallow"):
        open_revisions(tmp_path / "clone", "origin/main", "HEAD")


def test_revision_that_is_not_there_and_unrelated_lines(work: Any) -> None:
    with pytest.raises(HistoryError, match="knows no revision `nowhere`"):
        open_revisions(work.folder / "registry", "nowhere", "HEAD")
    with pytest.raises(HistoryError, match="knows no revision `--all`"):
        open_revisions(work.folder / "registry", "main", "--all")
    work.git("checkout", "--quiet", "--orphan", "alone")
    work.commit()
    with pytest.raises(HistoryError, match="no commit in common"):
        open_revisions(work.folder / "registry", "main", "HEAD")


def test_thousands_of_files(work: Any) -> None:
    work.write({f"registry/machines/gh/other/m-{number}.yaml": MACHINE for number in range(3100)})
    work.commit()
    found = judged(work, STEWARD)
    assert len(found.missing) == len(found.requirements) == 3100
    assert not judged(work, OTHERS).missing


# Approvals.


def review(user: int, state: str, commit: str = "c2", login: str = "ama") -> dict[str, Any]:
    return {"user": {"login": login, "id": user}, "state": state, "commit_id": commit}


@pytest.mark.parametrize(
    ("reviews", "expected"),
    [
        ([], []),
        ([review(9, "APPROVED")], ["ama:9"]),
        ([[review(9, "APPROVED")], [review(8, "APPROVED", login="kofi")]], ["ama:9", "kofi:8"]),
        ([review(9, "APPROVED", "c1")], []),
        ([review(9, "APPROVED"), review(9, "COMMENTED")], ["ama:9"]),
        ([review(9, "APPROVED"), review(9, "CHANGES_REQUESTED")], []),
        ([review(9, "DISMISSED")], []),
        ([review(9, "CHANGES_REQUESTED"), review(9, "APPROVED")], ["ama:9"]),
        ([{"user": None, "state": "APPROVED", "commit_id": "c2"}], []),
        ([review(9, "APPROVED"), review(7, "APPROVED", login="-odd login\n")], ["ama:9", "?:7"]),
        ([review(9, "APPROVED"), review(9, "APPROVED", "c1")], []),
        ([review(9, "approved"), review(9, "dismissed")], []),
    ],
)
def test_approval_counts_for_the_commit_that_it_was_given_to(reviews: Any, expected: list[str]) -> None:
    assert list(map(str, owners.approvals(reviews, "c2"))) == expected


# Laws. What a hub claims is found in its file, however it is written; the search for it is only quicker than reading.

PIECES = st.sampled_from([*"aZé :,'\"#[]{}-0/?&%=.|>", "Хаб", "東", "  ", "%20"])
WRITTEN = st.lists(PIECES, min_size=1, max_size=20).map("".join)


@given(WRITTEN, WRITTEN, st.booleans())
def test_what_a_hub_claims_is_found_in_its_file(text: str, path: str, is_text: bool) -> None:
    url = "https://www.Lab.example/" + re.sub(r"[\s<>\"'`\\]", "", path)
    values = {
        "name": text if is_text else {"en": "Lab", "sw": text}, "website": url, "same_as": [url, f"{url}?a=1"],
        "formerly": ["gh/old"], "keys": [{"public_key": KEY, "valid_from": "2026-01-01"}],
    }  # fmt: skip
    for written in (canonical("hub", values), yaml.safe_dump(values, allow_unicode=True, width=10_000)):
        for claim in claims("gh/lab", values):
            assert claim.field == "id" or mentions(written.encode(), frozenset({claim.text})), (claim, written)


# Whoever is not named on the base never decides anything, whatever the change holds.

FIELD = st.sampled_from(
    ["hours: Mo", "stewards: [{github: m, github_id: 6}]", "status: closed", "x", "name: y", "a: [", ""]
)


@given(st.lists(FIELD, max_size=4), st.sampled_from([HUB, LASER, OTHER, "x", "registry/registry.yaml"]), st.booleans())
def test_nobody_on_the_base_nobody_decides(lines: list[str], path: str, is_new: bool) -> None:
    known = {HUB: Version(PLAIN, "1", hub().encode())}
    before = NOTHING if is_new else known.get(path, Version(PLAIN, "2", b"a: 1\n"))
    head = Version(PLAIN, "3", "\n".join([hub().replace("1001", "6666"), *lines]).encode())
    found = owners.verdict(Base("registry/", known), [Change(path, (before,), head)], People((STRANGER,), (STRANGER,)))
    assert found.missing
    assert not found.may_merge_itself
