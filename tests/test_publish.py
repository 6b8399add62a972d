"""The site as files: golden pages, links that lead somewhere, the same bytes every time, nothing half-built."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from generator import exporters, mkdocs_hook, publish, registry
from generator.artifacts import Artifact
from generator.publish import edition, forge, markup, pages, paging, policy, shells, site, sitemap, strings
from generator.publish.page import Item, Page
from generator.records.instance import Forge
from generator.registry import Registry

ROOT = Path(__file__).parent.parent
MINI = ROOT / "tests" / "mini"
SITE = ROOT / "site"


class Bare(dict[str, shells.Shell]):
    """A shell for every page that adds nothing, so that golden pages hold only what is ours."""

    def __contains__(self, path: object) -> bool:
        return True

    def __missing__(self, path: str) -> shells.Shell:
        return shells.Shell(b"", b"", b"\n", b"")


def mini() -> Registry:
    return registry.load(MINI / "registry", as_of=date(2026, 6, 30), prefix="registry/")


def golden() -> Iterator[Artifact]:
    known = mini()
    settings = known.settings
    assert settings is not None
    words = strings.read(SITE / "strings", "en")
    frame = shells.Frame(MINI / "no-guides", Bare(), ())
    made = edition.Edition(known, settings, words, edition.Relations(known))
    for produce in site.site(made, frame, pages.Templates(SITE / "templates", frame, made), ()):
        yield from produce()
    yield from exporters.checked(exporters.open_data(known))


def test_golden_output(bless: bool) -> None:
    # Another version of SQLite may lay out its file otherwise.
    left = ("kinds/", "files/", "api/v1/schemas/", "api/v1/registry.sqlite", "data/records/land/",
            "assets/passports/")  # fmt: skip
    found = {one.path: one.content for one in golden() if not one.path.startswith(left)}
    folder = MINI / "expected"
    if bless:
        subprocess.run(["rm", "-rf", str(folder)], check=True)
        for path, content in found.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
    expected = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert sorted(found) == sorted(expected)
    differing = [path for path, content in found.items() if expected[path].read_bytes() != content]
    assert differing == [], "look at the difference, then run `pytest --bless tests/test_publish.py`"


BUILD = """
import sys
from datetime import date
from functools import partial
from pathlib import Path
from generator import exporters, mkdocs_hook, publish, registry
root, output, processes = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
known = registry.load(root / "tests/mini/registry", as_of=date(2026, 6, 30))
engine = partial(mkdocs_hook.build, root / "mkdocs.yml")
also = list(exporters.open_data(known))
publish.build(known, sources=root / "site", engine=engine, output=output, also=also, processes=processes)
"""


def test_same_registry_same_bytes(tmp_path: Path) -> None:
    for seed in ("1", "2"):  # which is the number of processes too
        command = [sys.executable, "-c", BUILD, str(ROOT), str(tmp_path / f"in-{seed}" / "site"), seed]
        subprocess.run(
            command, check=True, cwd=tmp_path, env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        )
    first, second = ({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
                     for folder in (tmp_path / "in-1", tmp_path / "in-2"))  # fmt: skip
    assert len(first) > 100
    assert first == second


def test_a_failed_build_leaves_the_old_site(tmp_path: Path) -> None:
    output = tmp_path / "site"
    output.mkdir()
    (output / "index.html").write_text("old")

    def broken(folder: Path, /, *, name: str, url: str, language: str) -> None:
        mkdocs_hook.build(ROOT / "mkdocs.yml", folder, name=name, url=url, language=language)
        (folder / "shells/a/b/index.html").unlink()

    with pytest.raises(KeyError):
        publish.build(mini(), sources=SITE, engine=broken, output=output)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (output / "index.html").read_text() == "old"


def test_a_fault_in_the_app_is_told(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "site.entry.ts").write_text("const = 1")
    with pytest.raises(publish.BundleError, match="Expected identifier"):
        publish.bundle(tmp_path, SITE / "node_modules", tmp_path / "out")


def test_mkdocs_never_builds_into_its_sources() -> None:
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_bytes())
    assert settings["site_dir"].startswith("build/")
    assert settings["plugins"] == []
    assert settings["theme"]["font"] is False


class Links(HTMLParser):
    """The addresses that a page names, and its ids."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "action") and value is not None:
                self.found.append(value)
            if name == "id" and value:
                self.ids.append(value)
            if name == "style" or name.startswith("on"):
                self.inline.append(f"{tag} {name}={value}")


def read(path: Path) -> Links:
    links = Links()
    links.feed(path.read_text(encoding="utf-8"))
    return links


def target(page: str, address: str) -> str:
    """Return the file to which an address on a page leads, relative to the site."""
    parts = [] if page == "404.html" else list(PurePosixPath(page).parts[:-1])
    for part in PurePosixPath(unquote(urlsplit(address).path)).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    path = "/".join(parts)
    return path if "." in path.rpartition("/")[2] else f"{path}/index.html".lstrip("/")


def test_every_link_leads_somewhere(built: Path) -> None:
    lost = []
    for file in sorted(built.rglob("*.html")):
        page = file.relative_to(built).as_posix()
        if page == "404.html":  # its addresses are absolute, below the registry's own
            continue
        for address in read(file).found:
            scheme = urlsplit(address).scheme
            if not scheme and not address.startswith("#") and not (built / target(page, address)).is_file():
                lost.append((page, address))
    assert lost == []


def test_ids_are_unique_and_nothing_is_inline(built: Path) -> None:
    for file in built.rglob("*.html"):
        links = read(file)
        assert len(links.ids) == len(set(links.ids)), file
        assert links.inline == [], file


def test_every_page_has_a_policy_and_names_no_other_host(built: Path) -> None:
    for file in built.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert text.count('http-equiv="Content-Security-Policy"') == 1, file
        assert "unsafe-" not in text.partition("</head>")[0], file
        assert "[[karakana:" not in text.partition("Hostile")[0].partition("karakana:content]] &lt;")[0], file
        loaded = re.findall(
            r'<(?:script|link rel="(?:stylesheet|preconnect|icon)"|img)[^>]*(?:src|href)="(https?:[^"]+)"', text
        )
        assert loaded == [], file


def test_the_policy_admits_the_scripts_of_the_page() -> None:
    page = '<script>a()</script><script src="x.js"></script><script type="application/json">{"b":1}</script>'
    made = policy.of(page)
    assert made.count("sha256-") == 1
    assert "script-src 'self' 'sha256-" in made


def test_hostile_text_stays_text(built: Path) -> None:
    for path in ("hubs/gh/hostile", "machines/gh/hostile/long", "processes/hostile-process", "countries/gh"):
        text = (built / path / "index.html").read_text(encoding="utf-8")
        assert "<img src=x" not in text
        assert "<script>window" not in text
        assert "<svg onload" not in text
        assert 'href="javascript' not in text
    structured = (built / "hubs/gh/hostile/index.html").read_text().partition('"application/ld+json">')[2]
    assert json.loads(structured.partition("</script>")[0])["name"].startswith("</script></title>")


def test_redirects_lead_to_the_new_page(built: Path) -> None:
    text = (built / "hubs/gh/tamale-workshop/index.html").read_text()
    assert 'content="0; url=../../../hubs/gh/tamale-open-workshop/"' in text
    machine = (built / "machines/gh/tamale-workshop/laser/index.html").read_text()
    assert 'content="0; url=../../../../machines/gh/tamale-open-workshop/laser/"' in machine


def test_pages_stay_small() -> None:
    known = mini()
    assert known.settings is not None
    words = strings.read(SITE / "strings", "en")
    made = edition.Edition(known, known.settings, words, edition.Relations(known))
    ids = [f"gh/{'x' * 60}-{number}" for number in range(2500)]
    row = lambda id: Item("n" * 100, page=f"hubs/{id}/", note="t" * 60)  # noqa: E731
    parts = list(paging.paged(made, Page(path="countries/gh/", title="Ghana"), ids, row))
    assert [part.path for part in parts][:3] == ["countries/gh/", "countries/gh/page--2/", "countries/gh/page--3/"]
    assert sum(len(section.items) for part in parts for section in part.sections if section.id == "list") == len(ids)
    frame = shells.Frame(MINI, Bare(), ())
    templates = pages.Templates(SITE / "templates", frame, made)
    assert all(len(templates.page(part).content) < 250_000 for part in parts)


def test_sitemaps_hold_at_most_50000_addresses() -> None:
    parts = sitemap.sitemap("https://a.example/", "fr/", [f"p{n}/" for n in range(120_000)])
    files = {one.path: one.content for one in parts}
    assert sorted(files) == [f"fr/sitemap{end}.xml" for end in ("-1", "-2", "-3", "")]
    assert files["fr/sitemap-1.xml"].count(b"<url>") == 50_000
    assert b"<loc>https://a.example/fr/sitemap-3.xml</loc>" in files["fr/sitemap.xml"]


@pytest.mark.parametrize(
    ("kind", "edit", "report"),
    [
        ("github", "/edit/main/registry/a.yaml", "/issues/new?title=T"),
        ("gitlab", "/-/edit/main/registry/a.yaml", "/-/issues/new?issue%5Btitle%5D=T"),
        ("forgejo", "/_edit/main/registry/a.yaml", "/issues/new?title=T"),
    ],
)
def test_forges(kind: str, edit: str, report: str) -> None:
    here = Forge(kind=kind, repository="https://forge.example/a/b")
    assert forge.edit(here, "registry/a.yaml") == f"https://forge.example/a/b{edit}"
    assert forge.issue(here, "T", "B&C").startswith(f"https://forge.example/a/b{report}")
    assert "B%26C" in forge.issue(here, "T", "B&C")


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("github", "/issues/new?template=1-add-a-hub.yml&country=C%C3%B4te"),
        ("forgejo", "/issues/new?template=.github/ISSUE_TEMPLATE/1-add-a-hub.yml&country=C%C3%B4te"),
        ("gitlab", "/-/issues/new?issue%5Btitle%5D=T&issue%5Bdescription%5D=B"),
    ],
)
def test_forms_for_a_new_hub(kind: str, form: str) -> None:
    here = Forge(kind=kind, repository="https://forge.example/a/b/")
    assert forge.new_hub(here, "Côte", "T", "B") == f"https://forge.example/a/b{form}"
    assert (ROOT / ".github/ISSUE_TEMPLATE/1-add-a-hub.yml").is_file()


def test_guides_name_the_registry_own_form_and_licence(built: Path) -> None:
    form, data = ((built / name / "index.html").read_text(encoding="utf-8") for name in ("add-your-hub", "data"))
    assert 'href="https://forge.example/mini/registry/issues/new?template=' in form
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in data
    assert "The Mini Registry" in data
    assert "[[karakana" not in form + data


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x.example", "https://a b", 'https://a"b']
)
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    assert markup.web(url) == ""
    assert "href" not in markup.item(Item("x", url=url), "../")


def test_json_cannot_end_its_script() -> None:
    made = markup.script_json({"a": "</script><!--\u2028&"})
    assert "<" not in made
    assert json.loads(str(made)) == {"a": "</script><!--\u2028&"}


def test_every_allowed_value_has_a_word() -> None:
    words = strings.read(SITE / "strings", "en")
    hub = json.loads((ROOT / "schemas" / "hub.json").read_bytes())["properties"]
    for group in ("kind", "status", "access", "services", "batch", "business_models"):
        for value in hub[group].get("enum") or hub[group]["items"]["enum"]:
            assert f"hub.{group}.{value}" in words.texts


def test_engine_is_told_name_and_address(tmp_path: Path) -> None:
    partial(mkdocs_hook.build, ROOT / "mkdocs.yml")(
        tmp_path / "g", name="A & <b>", url="https://a.example/x", language="en"
    )
    text = (tmp_path / "g" / "about" / "index.html").read_text()
    assert "A &amp; &lt;b&gt;" in text
    assert "<b>" not in text.partition("<article")[0]
    assert '<link rel="canonical" href="https://a.example/x/about/">' in text


def test_words_that_are_asked_for_are_there() -> None:
    texts = strings.read(SITE / "strings", "en").texts
    sources = [*(ROOT / "generator" / "publish").glob("*.py"), *(SITE / "templates").glob("*.html")]
    asking = re.compile(r"\bstrings\(\"([a-z_.]+)\"|'([a-z_.]+)'\|t\b")
    asked = {"".join(found) for path in sources for found in asking.findall(path.read_text())}
    assert len(asked) > 100
    assert sorted(key for key in asked if key not in texts and f"{key}.other" not in texts) == []
