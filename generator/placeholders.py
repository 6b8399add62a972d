"""A contract's text in; the parameters that it uses, and what in it is not allowed, out.

The syntax is a closed list, so that a template from a stranger cannot do anything but print and choose:
`{{ name }}`, `{% if name %}`, `{% if not name %}`, `{% endif %}`, `{% for item in name %}`, `{% endfor %}`, and three
filters: `{{ name|country }}`, `{{ name|count }}`, `{{ name|list }}`. Loops stand in each other twice at most.
Each tag is also a tag of Jinja2 with the same meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

SYNTAX = "`{{ name }}`, `{% if name %}` … `{% endif %}`, `{% for item in name %}` … `{% endfor %}`"
# The name of a country by its code, how many items a list has, and the items in one line.
FILTERS = ("count", "country", "list")
DEEPEST = 2  # loops in each other; more would run for ever over lists of some length
# Words that mean something of their own inside a tag of Jinja2, and can be no names.
RESERVED = frozenset(
    ("and", "caller", "elif", "else", "false", "for", "if", "in", "is", "kwargs", "loop", "none", "not", "or",
     "recursive", "self", "super", "true", "varargs")
)  # fmt: skip

_NAME = r"[a-z][a-z0-9_]*"
_TAG = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|\{\{|\{%|\{#|\}\}|%\}|#\}")
_VALUE = re.compile(rf"\{{\{{\s*(?P<value>{_NAME})\s*(?:\|\s*(?:{'|'.join(FILTERS)})\s*)?\}}\}}")
_STATEMENT = re.compile(
    r"\{%\s*(?:"
    rf"if\s+(?P<not>not\s+)?(?P<test>{_NAME})"
    rf"|for\s+(?P<item>{_NAME})\s+in\s+(?P<list>{_NAME})"
    r"|end(?P<end>if|for)"
    r")\s*%\}"
)


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """A parameter in a text, and as what: its `value`, tested with `if` or `if not`, or gone through with `for`."""

    name: str
    what: str

    def __str__(self) -> str:
        if self.what == "value":
            return f"{{{{ {self.name} }}}}"
        return f"{{% for … in {self.name} %}}" if self.what == "for" else f"{{% {self.what} {self.name} %}}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text uses, and what in it is not allowed."""

    uses: frozenset[Use]
    problems: tuple[str, ...]

    @property
    def names(self) -> frozenset[str]:
        """The parameters that the text uses in any way."""
        return frozenset(use.name for use in self.uses)


def read(text: str) -> Reading:
    """Return what a text uses. Names that a `for` introduces are its own and no uses of parameters."""
    reader = _Reader()
    at = 0
    while found := _TAG.search(text, at):
        tag = _VALUE.match(text, found.start()) or _STATEMENT.match(text, found.start())
        if tag is None:
            reader.problems.append(f"`{found[0][:60]}` is not allowed")
        else:
            reader.add(tag)
        at = (tag or found).end()
    reader.problems += [f"`{{% {opened} %}}` has no end" for opened, _ in reader.opened]
    return Reading(frozenset(reader.uses), tuple(reader.problems))


@dataclass(slots=True)
class _Reader:
    """What was read so far, and the `if` and `for` that are open: (word, the name that a `for` introduced)."""

    uses: set[Use] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    opened: list[tuple[str, str]] = field(default_factory=list)

    def add(self, tag: re.Match[str]) -> None:
        found = tag.groupdict()
        self.problems += [
            f"`{found[part]}` is a word of the syntax and no name"
            for part in ("value", "test", "item", "list")
            if found.get(part) in RESERVED
        ]
        if "value" in found:
            self.use(found["value"], "value")
        elif found["test"]:
            self.use(found["test"], "if not" if found["not"] else "if")
            self.opened.append(("if", ""))
        elif found["item"]:
            self.loop(found["item"], found["list"])
        elif self.opened and self.opened[-1][0] == found["end"]:
            self.opened.pop()
        else:
            self.problems.append(f"`{tag[0]}` ends nothing")

    def use(self, name: str, what: str) -> None:
        if name not in {item for _, item in self.opened}:
            self.uses.add(Use(name, what))

    def loop(self, item: str, name: str) -> None:
        if name in {opened for _, opened in self.opened}:
            self.problems.append(f"`{name}` is one item of a list and no list")
        if sum(word == "for" for word, _ in self.opened) >= DEEPEST:
            self.problems.append(f"`{{% for {item} in {name} %}}` is a loop inside {DEEPEST} others")
        self.use(name, "for")
        self.opened.append(("for", item))
