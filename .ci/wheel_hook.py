"""What a wheel takes from the checkout, beside the package: the built site's sources, and what `karakana init` copies.

It lies in `generator/data` as it lies in the checkout.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_AS_THEY_ARE = (
    "mkdocs.yml",
    "schemas",
    "LICENSE",
    ".github",
    "registry/competences",
    "registry/materials",
    "registry/models",
    "registry/processes",
)


class Shipped(BuildHookInterface):  # type: ignore[type-arg]
    """Adds files to a wheel; an editable install reads the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files, or refuse when the app was not bundled."""
        if version != "standard":
            return
        top = Path(self.root)
        site = top / "build" / "shipped" / "site"
        if not site.is_dir():
            raise RuntimeError("build/shipped, from which the wheel takes the site, is missing: run `make wheel`")
        build_data["force_include"][str(site)] = "generator/data/site"
        for path in _AS_THEY_ARE:
            build_data["force_include"][str(top / path)] = f"generator/data/{path}"
