"""What everything public would reveal about a maker: every file of a site with a passport in its history.

Whatever the maker's file has and a record has not, and whatever Git knows of who committed the record, when and in
which words, stands nowhere. The record itself stands in the places that are listed here, and nowhere when it is gone.
"""

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from generator import canonical, exporters, log, mkdocs_hook, publish, registry, signatures
from generator.checks import RULES, example
from generator.history import open_history
from generator.passports import issuing, presentation, publishing, statuses
from generator.passports.reading import Carried
from generator.records import Competence, Hub, Passport

from .conftest import ROOT, Repository

SIGNER = signatures.signer(bytes(range(32)))
HUB, SITE = "gh/base-hub", "https://registry.example/"
AT = datetime(2026, 5, 23, 9, 41, 7, tzinfo=UTC)
HOLDER, INDEX = "urn:uuid:bbbbbbbb-0002-4002-8002-000000000002", 94567
ID, GONE, ENTRY = "q7h2m9x4b1t8w5k3z6c0", "m4k8w2p6t9x3c7h5z1q0", "urn:uuid:11111111-2222-4333-8444-555555555555"
# Where a record stands, and how it is found: its page, its data, and the lists of passports.
PLACES = {
    f"api/v1/passports/{ID}.json", "api/v1/passports.json", f"passports/{ID}/index.html", "passports/index.html",
    f"fr/passports/{ID}/index.html", "fr/passports/index.html",
}  # fmt: skip
KEYS = f"keys:\n  - public_key: {SIGNER.public_key}\n    valid_from: 2026-01-01\nnetworks:\n  - river\n"
MORE = "contributor_names: shown\nforge:\n  kind: github\n  repository: https://forge.example/x/y\n  branch: main\n"
RULE = "decision: accept\nnetworks:\n  - river\ncompetence: laser-cutter-operation\nvalid_from: 2026-01-01\n"


class Audited(NamedTuple):
    """A built site, the credential that its passport is of, and what Git knows of how that came there."""

    site: Path
    credential: Carried
    commits: tuple[str, ...]


def issued(root: Path) -> Carried:
    """Return a credential of which every field is full, signed by the hub."""
    known = registry.load(root, as_of=AT.date())
    hub, competence = known.get(Hub, HUB), known.get(Competence, "laser-cutter-operation")
    assert hub is not None
    assert competence is not None
    award = issuing.Award(
        id="urn:uuid:aaaaaaaa-0001-4001-8001-000000000001", hub=hub, competence=competence, holder=HOLDER, level=2,
        assessed_on=AT.date(), valid_from=AT, status_index=INDEX,
        valid_until=datetime(2028, 5, 22, 23, 59, 59, tzinfo=UTC), note="canary note", name="Canary Person",
    )  # fmt: skip
    found = issuing.issued(award, SITE, SIGNER, AT)
    assert isinstance(found, Carried), found
    return found


def committed(folder: Path) -> tuple[Repository, Carried, tuple[str, ...]]:
    """Make a repository in which one passport was published by a merge, and another was, too, and withdrawn."""
    work = Repository(folder)
    base = {path.relative_to(example.BASE).as_posix(): path.read_text() for path in example.BASE.rglob("*.yaml")}
    base["registry.yaml"] = base["registry.yaml"].replace("  - en\n", "  - en\n  - fr\n") + MORE
    base[f"hubs/{HUB}.yaml"] += KEYS
    base |= {"networks/river.yaml": "name: River\nkind: regional\n", f"recognitions/{HUB}/laser.yaml": RULE}
    listed = statuses.signed(statuses.unsigned(SITE, HUB, [INDEX], AT), SIGNER, HUB, SITE)
    base[statuses.path_of(HUB)] = signatures.canonical(listed).decode() + "\n"
    work.commit({f"registry/{path}": text for path, text in base.items()}, day="2026-06-01")
    credential = issued(folder / "registry")
    data = publishing.record([credential.claim], [ENTRY], date(2026, 6, 2))
    text = canonical.canonical(Passport.record_kind, data)
    work.git("checkout", "--quiet", "-b", "canary-branch")
    work.write({f"registry/passports/{ID}.yaml": text, f"registry/passports/{GONE}.yaml": text})
    work.git("add", "--all")
    words = f"Canary subject about {ID}\n\nCo-authored-by: Canary Friend <canary@example.org>"
    work.git("commit", "--quiet", "--author=Canary Author <canary@example.org>", "--message", words, day="2026-06-17")
    first = work.git("rev-parse", "HEAD").strip()
    work.git("checkout", "--quiet", "main")
    merged = f"Merge pull request #77431 from canary/branch\n\nCanary title {ID}"
    work.git("merge", "--quiet", "--no-ff", "-m", merged, "canary-branch", day="2026-06-18")
    second = work.git("rev-parse", "HEAD").strip()
    (folder / f"registry/passports/{GONE}.yaml").unlink()
    third = work.commit(day="2026-06-19")
    hub = (folder / f"registry/hubs/{HUB}.yaml").read_text()
    work.commit({f"registry/hubs/{HUB}.yaml": f"{hub}floor_m2: 90\n"}, day="2026-06-29")
    return work, credential, (first, second, third)


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    """The whole site, all open data, and names of authors shown, as `karakana build` makes them."""
    folder = tmp_path_factory.mktemp("audited")
    work, credential, commits = committed(folder / "work")
    root = work.folder / "registry"
    known = registry.load(root, as_of=date(2026, 6, 30), prefix="registry/")
    assert set(known.ids(Passport)) == {ID}
    engine = partial(mkdocs_hook.build, ROOT / "mkdocs.yml")
    history = open_history(root)
    publish.build(
        known, sources=ROOT / "site", engine=engine, output=folder / "site", rules=RULES,
        tables=exporters.described(), history=partial(log.read, history),
        also=[lambda: exporters.checked(exporters.open_data(known, exporters.Invented.INCLUDED))],
    )  # fmt: skip
    return Audited(folder / "site", credential, commits)


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every file's name and text, also of what lies in archives and databases."""
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        content, shown = path.read_bytes(), path.relative_to(folder).as_posix()
        yield shown, content.decode("utf-8", "replace")
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(path) as packed:
                yield from (
                    (f"{shown}: {name}", packed.read(name).decode("utf-8", "replace")) for name in packed.namelist()
                )
        if content.startswith(b"SQLite format 3"):
            with sqlite3.connect(path) as base:
                yield f"{shown}: rows", "\n".join(base.iterdump())


def of_file(credential: Carried) -> set[str]:
    """Return what a file has, and nothing that is public may have."""
    claim, proof = credential.claim, credential.document["proof"][0]
    found = {claim.id, claim.holder, claim.name, claim.note, "2026-05-23", "2028-05-22", "23 May 2026", "22 May 2028",
             "23 mai 2026", proof["proofValue"], "09:41:07"}  # fmt: skip
    return {*found, *(one.removeprefix("urn:uuid:") for one in found)}


def found_in(site: Path, wanted: set[str]) -> set[tuple[str, str]]:
    return {(name, one) for name, text in texts(site) for one in wanted if one in text}


def is_of_rules(name: str) -> bool:
    """Tell whether a page prints examples of the checks, whose passports are invented and may have the same days."""
    return name.startswith(("rules/", "fr/rules/"))


def test_nothing_of_the_makers_file_is_public(audited: Audited) -> None:
    of_list = {f"statuses/{HUB}.json"}  # it is signed on its own day
    leaks = found_in(audited.site, of_file(audited.credential))
    assert {pair for pair in leaks if pair[0] not in of_list and not is_of_rules(pair[0])} == set()
    assert {one for name, one in leaks if name in of_list} <= {"2026-05-23", "09:41:07"}
    # Digits may stand in any drawing; the place in the list belongs to nothing that speaks of passports.
    numbered = {name for name, _ in found_in(audited.site, {str(INDEX)}) if not is_of_rules(name)}
    assert not [name for name in numbered if "passport" in name or name.endswith((".json", ".html", ".atom"))]


def test_nothing_of_how_it_was_published_is_public(audited: Audited) -> None:
    days = {"2026-06-17", "2026-06-18", "2026-06-19", "2026-06-02",
            *(f"{day} {month} 2026" for day in (2, 17, 18, 19) for month in ("Jun", "June", "juin"))}  # fmt: skip
    ids = {id[:length] for id in audited.commits for length in (7, 40)}
    leaks = found_in(audited.site, {"Canary", "canary", "#77431", *days, *ids})
    assert {pair for pair in leaks if not is_of_rules(pair[0])} == set()
    changes = (audited.site / "changes.atom").read_text()
    assert changes.count("<entry>") == 2  # the hub's changes are there


def test_a_record_stands_where_it_is_meant_to(audited: Audited) -> None:
    whole = {name for name, _ in found_in(audited.site, {ID}) if not is_of_rules(name)}
    assert whole == PLACES
    entries = {name for name, _ in found_in(audited.site, {ENTRY, ENTRY.removeprefix("urn:uuid:")})}
    assert entries == {f"api/v1/passports/{ID}.json"}
    assert found_in(audited.site, {GONE}) == set()


def test_search_engines_and_the_sites_own_search_pass_it_by(audited: Audited) -> None:
    for name in PLACES:
        if name.endswith(f"{ID}/index.html"):
            assert "noindex" in (audited.site / name).read_text()
    outside = [name for name, text in texts(audited.site) if ID in text and ("sitemap" in name or "search" in name)]
    assert outside == []


def test_its_page_leads_nobody_to_an_account(audited: Audited) -> None:
    """Who reports a problem from her own passport's page would tell whose it is."""
    page = (audited.site / f"passports/{ID}/index.html").read_text()
    main = page[page.index("<main") : page.index("</main>")]
    assert "forge.example" not in main
    other = (audited.site / f"hubs/{HUB}/index.html").read_text()
    assert "forge.example" in other[other.index("<main") : other.index("</main>")]


def test_a_record_has_nothing_that_an_order_or_a_clock_has_left(audited: Audited) -> None:
    data = json.loads((audited.site / f"api/v1/passports/{ID}.json").read_text())
    days = re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", json.dumps(data))
    assert days == ["2026-06-01", "2026-05-01", "2028-04-30"]


def test_the_audit_would_find_a_leak(tmp_path: Path, audited: Audited) -> None:
    document = presentation.presented([audited.credential])
    with zipfile.ZipFile(tmp_path / "data.zip", "w") as packed:
        packed.writestr("mine.json", json.dumps(document))
    with sqlite3.connect(tmp_path / "data.sqlite") as base:
        base.execute("create table a (b)")
        base.execute("insert into a values (?)", (GONE,))
    claim = audited.credential.claim
    leaked = {one for _, one in found_in(tmp_path, {*of_file(audited.credential), GONE})}
    assert {claim.id, claim.holder, claim.name, claim.note, GONE} <= leaked
