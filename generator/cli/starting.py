"""`karakana init`: a network's own registry."""

from __future__ import annotations

import importlib.metadata
import json
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit
from urllib.request import url2pathname

import click

from .. import __version__
from ..words import countries as every_country
from ..words import listed
from .session import CLEAN
from .sources import shipped

if TYPE_CHECKING:
    from ..starting import Wishes

_FORGES = click.Choice(["github", "gitlab", "forgejo"])
_LONGEST = 100
T = TypeVar("T")


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help="What the registry is called.")
@click.option("--forge", metavar="URL", help="The address of its repository, such as https://github.com/you/registry.")
@click.option("--forge-kind", type=_FORGES, help="The forge's software.")
@click.option("--url", help="Where its site will be; the forge's pages when left out, where they are known.")
@click.option("--languages", metavar="CODES", help="Languages of the site, such as en,fr; the first is the default.")
@click.option("--countries", metavar="CODES", help='Countries that it is about, such as gh,tg; "" for everywhere.')
@click.option("--licence", metavar="SPDX", help="The licence of its records, such as CC-BY-SA-4.0.")
@click.option(
    "--generator",
    metavar="REQUIREMENT",
    help="What pip installs the generator from, or a wheel to copy; where it came from itself when left out.",
)
def init(folder: Path, **given: str | None) -> int:
    """Write a new registry into DIR: settings, terms, workflows, issue forms. What is not given is asked for.

    DIR is a new folder, an empty one, or a clone of an empty repository. The generator stays a dependency: its
    address stands in requirements.txt. Where it was installed from a file, DIR gets a copy of that.

    \b
    karakana init registry
    karakana init registry --name "Makers of the Volta" --forge https://github.com/volta/registry \\
      --url https://volta.example/ --languages en,fr --countries gh,tg,bf --licence CC-BY-SA-4.0
    """
    from .. import starting

    _refuse_occupied(folder)
    wheel = _wheel(given["generator"])
    wishes = _wishes(given, wheel)
    if found := list(starting.faults(wishes)):
        raise click.UsageError("; ".join(found))
    try:
        count = starting.place(starting.files(wishes, shipped()), folder)
    except starting.OccupiedError as error:
        raise click.UsageError(f"{folder} holds {error} meanwhile; nothing was written") from error
    click.echo(f"wrote {count} files to {folder}")
    if wheel is not None:
        click.echo(f"the generator itself is among them ({starting.copied(wheel)}): it was installed from a file")
    click.echo(f"next: cd {shlex.quote(str(folder))} && karakana new hub")
    return CLEAN


def _wishes(given: Mapping[str, str | None], wheel: Path | None) -> Wishes:
    """Return what is given by the names of options, and ask for the rest."""
    from .. import starting

    name = _asked(given["name"], "Name of the registry", _name)
    where = _asked(given["forge"], "Address of its repository", _address)
    kind = given["forge_kind"] or starting.known(where) or click.prompt("The forge's software", type=_FORGES)
    forge = starting.Forge(kind, where)
    pages = starting.site_of(forge) or None
    home, source = (_published(key) for key in ("Homepage", "Source"))
    return starting.Wishes(
        name=name,
        forge=forge,
        url=_asked(given["url"] or (given["forge"] and pages), "Address of its site", _site, pages),
        languages=_asked(given["languages"], "Languages of the site, the first is the default", _languages, "en"),
        countries=_asked(given["countries"], "Countries (ISO 3166-1; Enter for everywhere)", _countries, ""),
        licence=_asked(given["licence"], "Licence of the records (SPDX)", _licence, "CC-BY-SA-4.0"),
        requirement=given["generator"] or _released(source),
        origin=home,
        wheels=() if wheel is None else (wheel,),
    )


def _refuse_occupied(folder: Path) -> None:
    from ..starting import occupied

    if found := occupied(folder):
        hint = "name a new folder, or a clone of an empty repository"
        raise click.UsageError(f"{folder} holds other files ({listed(found, 5)}), which stay as they are; {hint}")


def _asked(given: str | None, question: str, read: Callable[[str], T], default: str | None = None) -> T:
    """Return what was given, or what somebody answers, once it is right."""
    if given is not None:
        return read(given)
    answer: T = click.prompt(question, value_proc=read, default=default)
    return answer


def _name(text: str) -> str:
    clean = text.strip()
    if not clean or not clean.isprintable() or len(clean) > _LONGEST:
        raise click.BadParameter(f"a name is one line of at most {_LONGEST} characters")
    return clean


def _address(text: str) -> str:
    clean = text.strip().rstrip("/").removesuffix(".git")
    parts = urlsplit(clean)
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.path.count("/") < 2:
        hint = "as in a browser's address line: https://github.com/you/registry"
        raise click.BadParameter(f"{text!r} is no address of a repository; give it {hint}")
    return clean


def _site(text: str) -> str:
    parts = urlsplit(text.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise click.BadParameter(f"{text!r} is no address of a site, such as https://you.github.io/registry/")
    return text.strip().rstrip("/") + "/"


def _languages(text: str) -> tuple[str, ...]:
    known = sorted(path.stem for path in (shipped() / "site" / "strings").glob("*.json"))
    codes = _codes(text)
    if wrong := [code for code in codes if code not in known]:
        hint = f"there are {', '.join(known)}; begin with one of them, another can be added as site/strings/CODE.json"
        raise click.BadParameter(f"the site has no words in {', '.join(wrong)}; {hint}")
    if not codes:
        raise click.BadParameter("at least one language is needed, such as en")
    return codes


def _countries(text: str) -> tuple[str, ...]:
    codes = tuple(code.lower() for code in _codes(text))
    if wrong := [code for code in codes if code not in every_country()]:
        raise click.BadParameter(f"{', '.join(wrong)}: no country code of ISO 3166-1; Ghana is gh, Austria is at")
    return codes


def _licence(text: str) -> str:
    from ..checks.texts import is_licence

    if not is_licence(text.strip()):
        raise click.BadParameter(f"{text!r} is no licence of SPDX, such as CC-BY-SA-4.0, CC-BY-4.0 or CC0-1.0")
    return text.strip()


def _codes(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.replace(",", " ").split()))


def _published(label: str) -> str:
    """Return an address that the package gives for itself."""
    rows = importlib.metadata.metadata("karakana").get_all("Project-URL") or []
    return next(str(row).partition(",")[2].strip() for row in rows if str(row).partition(",")[0] == label)


def _released(repository: str) -> str:
    """Return what pip is to install: the wheel from where this one came, else from where the project publishes it."""
    name = f"karakana-{__version__}-py3-none-any.whl"
    address = _own_address()
    found = address if address.startswith("https://") else f"{repository}/releases/download/v{__version__}/{name}"
    return f"karakana @ {found}"


def _wheel(given: str | None) -> Path | None:
    """Return the file of the generator that the registry gets a copy of: the one given, else the one that runs here."""
    address = _own_address()
    if given is None:
        path = Path(url2pathname(urlsplit(address).path)) if address.startswith("file:") else Path()
    else:
        path = Path(given).expanduser()
        if path.suffix == ".whl" and "://" not in given and not path.is_file():
            raise click.BadParameter(f"{given} is no file; name a wheel, such as dist/karakana-{__version__}-….whl")
    return path if path.suffix == ".whl" and path.is_file() else None


def _own_address() -> str:
    """Return the address from which pip installed this package; "" when it does not say (PEP 610)."""
    text = importlib.metadata.distribution("karakana").read_text("direct_url.json")
    return str(json.loads(text).get("url", "")) if text else ""
