"""The layers: a module imports from strictly lower rows only, and each third-party package has one home."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import graphs

TOP = Path(__file__).resolve().parent.parent / "generator"

# From the highest row to the lowest; the same table as in the design.
ROWS = (
    ("cli",),
    ("contributions",),
    ("publish", "importers", "exporters", "federation", "reports", "mkdocs_hook", "starting"),
    ("log", "revisions", "differences", "orders", "operators"),
    ("checks", "matching", "contracts", "history", "owners"),
    ("passports",),
    ("registry", "canonical", "signatures"),
    ("records", "schemas"),
    ("documents",),
    ("artifacts",),
    (
        "diagnostics", "awaiting", "beside", "units", "words", "graphs", "multikey", "outlines", "placeholders",
        "markdown", "conditions", "unseen", "typesetting",
    ),
)  # fmt: skip
RANK = {name: len(ROWS) - row for row, names in enumerate(ROWS) for name in names}

# The one module or package that imports each third-party package.
HOMES: dict[str, str | tuple[str, ...]] = {
    "babel": "words",
    "charset_normalizer": "importers.encoding",
    "click": "cli",
    "cryptography": "signatures.keys",
    "folium": "publish.leaflet",
    "git": "history",
    "httpx": ("federation.fetch.web", "contributions.probe"),  # a peer's files, and whether a link answers
    "icalendar": "orders.calendar",
    "jinja2": ("publish.pages", "contracts.templates"),  # the site's own templates, and strangers' in a sandbox
    "jsonschema": "schemas.explainer",
    "jsonschema_rs": "schemas.reading",
    "markupsafe": "publish.markup",
    "mkdocs": "mkdocs_hook",
    "numpy": "matching",
    "opening_hours": "registry.hours",
    "packaging": "checks.texts",
    "phonenumbers": "checks.contacts",
    "pyld": "signatures.rdf",
    "referencing": "schemas.explainer",
    "rfc8785": "signatures.jcs",
    "rich": "cli",
    "segno": "passports.qr",
    "typst": "typesetting",
    "yaml": "documents",
}
MODULES = {".".join(path.relative_to(TOP).with_suffix("").parts): path for path in sorted(TOP.rglob("*.py"))}


def imports(module: str) -> Iterator[tuple[str, bool]]:
    """Yield what a module imports, anywhere in it, and whether that is our own: `registry.load`, or `yaml.cyaml`."""
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((name.name, False) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or "", False
        elif isinstance(node, ast.ImportFrom):
            base = [*module.split(".")[: -node.level], *(node.module or "").split(".")]
            around = ".".join(filter(None, base))
            for name in node.names:
                inner = f"{around}.{name.name}".removeprefix(".")
                yield next((one for one in (inner, f"{around}.__init__", around) if one in MODULES), "__init__"), True


def test_every_module_has_a_row() -> None:
    assert {module.partition(".")[0] for module in MODULES} - {"__init__"} <= set(RANK)


@pytest.mark.parametrize("module", MODULES)
def test_module_imports_downwards_only(module: str) -> None:
    part = module.partition(".")[0]
    for name, ours in imports(module):
        other = name.partition(".")[0]
        assert name.partition(".")[0] != "generator", "imports inside the package are relative"
        if ours and other not in (part, "__init__"):
            assert RANK[other] < RANK[part], f"{module} imports {name}"


@pytest.mark.parametrize("part", [part for part in RANK if f"{part}.__init__" in MODULES])
def test_modules_of_a_package_import_each_other_without_cycles(part: str) -> None:
    inside = [module for module in MODULES if module.startswith(f"{part}.")]
    assert (
        graphs.cycles({one: {name for name, ours in imports(one) if ours and name in inside} for one in inside}) == []
    )


def test_every_third_party_package_has_one_home() -> None:
    used: dict[str, set[str]] = {}
    for module in MODULES:
        for name, ours in imports(module):
            top = name.partition(".")[0]
            if not ours and top not in sys.stdlib_module_names:
                used.setdefault(top, set()).add(module)
    for name, modules in used.items():
        assert name in HOMES, f"{name} has no home; used by {sorted(modules)}"
        known = HOMES[name]
        homes = (known,) if isinstance(known, str) else known
        lost = [one for one in modules if not any(one == home or one.startswith(f"{home}.") for home in homes)]
        assert not lost, (name, lost)
    assert set(HOMES) == set(used), "a home that nobody lives in"
