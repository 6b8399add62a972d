"""A registry's own colours: whatever they are, what is written in them and on them can be read."""

import re
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from generator import publish
from generator.publish import colours
from generator.records.instance import Colours

SITE = Path(__file__).parent.parent / "site"
HEX = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
SCHEMES = [pytest.param(colours.LIGHT, id="light"), pytest.param(colours.DARK, id="dark")]
GROUNDS = ("on-strong", "paper", "card", "soft", "warning", "sea", "land")
INKS = ("link", "strong", "point")
FILLS = """() => {
    const found = [];
    map_world.eachLayer((one) => one instanceof L.CircleMarker && found.push(one.options.fillColor));
    return found;
}"""
PROPERTY = re.compile(r"--karakana-([a-z0-9-]+):\s*(#[0-9a-f]{3,6})")


def schemes(style: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the custom properties of CSS in the light and in the dark scheme."""
    light, _, dark = style.partition('[data-scheme="dark"]')
    return dict(PROPERTY.findall(light)), dict(PROPERTY.findall(dark))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#777777", "#ffffff", 4.48), ("#ff0000", "#ffffff", 4.0)],
)
def test_contrast(one: str, other: str, expected: float) -> None:
    assert colours.contrast(one, other) == pytest.approx(expected, abs=0.005)


@given(HEX, HEX)
def test_every_colour_can_be_read(primary: str, accent: str) -> None:
    style = colours.style(Colours(primary=primary, accent=accent))
    for found, (_, on_strong, *grounds) in zip(schemes(style), (colours.LIGHT, colours.DARK), strict=True):
        for name, ground in product(INKS, grounds):
            assert colours.contrast(found[name], ground) >= colours.LEAST
        assert found["on-strong"] == on_strong
        assert colours.contrast(found["on-strong"], found["strong"]) >= colours.LEAST
        assert colours.contrast(found["tick"], found["rule"]) >= colours.LEAST


@pytest.mark.parametrize("scheme", SCHEMES)
@given(colour=HEX)
def test_a_colour_that_can_be_read_stays(scheme: tuple[str, ...], colour: str) -> None:
    end, *grounds = scheme
    legible = colours.legible(colour, end, grounds)
    assert colours.legible(legible, end, grounds) == legible
    assert (legible == colour) == all(colours.contrast(colour, ground) >= colours.LEAST for ground in grounds)


def test_grounds_are_those_of_the_theme() -> None:
    theme = schemes((SITE / "styles/colours.css").read_text(encoding="utf-8").replace("#fff;", "#ffffff;"))
    for found, (_, *grounds) in zip(theme, (colours.LIGHT, colours.DARK), strict=True):
        assert {found[name] for name in GROUNDS} == set(grounds)
        for name, ground in product(INKS, (found[name] for name in GROUNDS[1:5])):
            assert colours.contrast(found[name], ground) >= colours.LEAST


def test_what_nobody_chose_stays_the_theme_s() -> None:
    assert colours.style(None) == ""
    light, dark = schemes(colours.style(Colours(accent="#c8501e")))
    assert light == dark == {"rule": "#c8501e", "tick": "#000000"}


def test_every_frame_has_one_stylesheet_with_all_of_its_parts(tmp_path: Path) -> None:
    publish.bundle(SITE, SITE / "node_modules", tmp_path)
    frames = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.css")}
    assert {f"{name}.entry.css" for name in ("guide", "record", "home", "explore", "embed", "map")} <= set(frames)
    for name, text in frames.items():
        assert "@import" not in text, name
        assert not re.search(r"url\((?!\)|#|data:)", text), name
    parts = {path.name for path in (SITE / "styles").glob("*.css")} - set(frames)
    used = {
        one for name in frames
        for one in re.findall(r'"\./([a-z-]+\.css)"', (SITE / "styles" / name).read_text(encoding="utf-8"))
    }  # fmt: skip
    assert used == parts


@pytest.mark.browser
def test_circles_follow_the_scheme(browser: Browser, address: str) -> None:
    page = browser.new_page(color_scheme="light")
    page.goto(address)
    page.locator("#map_world[data-ready]").wait_for()
    page.evaluate("void map_world.setView([5.6, -0.2], 12, {animate: false})")
    light = page.evaluate(FILLS)
    page.evaluate("document.documentElement.dataset.scheme = 'dark'")
    page.wait_for_function(f"before => ({FILLS})().join() !== before", arg=",".join(light))
    dark = page.evaluate(FILLS)
    page.close()
    assert light
    assert not set(light) & set(dark)
