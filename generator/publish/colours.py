"""A registry's own colours in; the custom properties that take the place of the theme's (site/styles/colours.css) out.

Whatever colours somebody chooses, the site can be read: a colour in which something is written or drawn goes towards
black, in the dark scheme towards white, until it stands out from every ground (WCAG 2.2, 1.4.3: 4.5 to 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..records.instance import Colours

LEAST = 4.5
# On what the theme writes and draws with the main colour, and what it writes on that colour; first black or white.
LIGHT = ("#000000", "#ffffff", "#fdfcf8", "#f2f0e7", "#fff1d4", "#dfe9ea")
DARK = ("#ffffff", "#0a1a19", "#111718", "#182021", "#1d2728", "#3b2c10", "#141c20", "#2b3739")
_STEPS = 64
_FAINTER = 0.45  # of the way to the ground: the second part of a bar in a chart


def style(colours: Colours | None) -> str:
    """Return CSS to append to a stylesheet; "" without colours."""
    if colours is None:
        return ""
    light, dark = _properties(colours, LIGHT), _properties(colours, DARK)
    return _rule(":root", light) + _rule('[data-scheme="dark"]', dark)


def legible(colour: str, end: str, grounds: Iterable[str]) -> str:
    """Return a colour, or the nearest to it on the way to `end`, that stands out from all grounds."""
    steps = (mixed(colour, end, step / _STEPS) for step in range(_STEPS + 1))
    grounds = tuple(grounds)
    return next((one for one in steps if all(contrast(one, ground) >= LEAST for ground in grounds)), end)


def written_on(colour: str) -> str:
    """Return black or white, whichever stands out more from a colour: by at least 4.58 to 1."""
    return max(("#000000", "#ffffff"), key=lambda ink: contrast(ink, colour))


def contrast(one: str, other: str) -> float:
    """Return how much two colours stand out from each other: 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, part: float) -> str:
    """Return a colour between two: `part` of the way from the one to the other."""
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(_bytes(one), _bytes(other), strict=True))


def _properties(colours: Colours, scheme: tuple[str, ...]) -> dict[str, str]:
    end, on_strong, *grounds = scheme
    found = {}
    if colours.primary:
        strong = legible(colours.primary, end, (on_strong, *grounds))
        found = dict.fromkeys(("link", "strong", "point"), strong)
        found |= {"on-strong": on_strong, "tone-2": mixed(strong, grounds[0], _FAINTER)}
    if colours.accent:
        found |= {"rule": colours.accent, "tick": written_on(colours.accent)}
    return found


def _rule(selector: str, properties: Mapping[str, str]) -> str:
    return selector + "{" + ";".join(f"--karakana-{name}:{colour}" for name, colour in properties.items()) + "}\n"


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(value / 255) for value in _bytes(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _bytes(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue
