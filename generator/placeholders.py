"""A contract's text in; the parameters that it uses, and what in it is not allowed, out.

The syntax is a closed list, so that a template from a stranger cannot do anything but print and choose:
`{{ name }}`, `{% if name %}`, `{% if not name %}`, `{% endif %}`, `{% for item in name %}`, `{% endfor %}`, and three
filters: `{{ name|country }}`, `{{ name|count }}`, `{{ name|list }}`. Loops stand in each other twice at most, and tags
in each other eight times.
Each tag is also a tag of Jinja2 with the same meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

SYNTAX = "`{{ name }}`, `{% if name %}` … `{% endif %}`, `{% for item in name %}` … `{% endfor %}`"
# The name of a country by its code, how many items a list has, and the items in one line.
FILTERS = ("count", "country", "list")
DEEPEST = 2  # loops in each other; more would run for ever over lists of some length
MOST_OPEN = 8  # tags in each other; Python, into which Jinja2 turns a text, takes less than a hundred
# Words that mean something of their own inside a tag of Jinja2, and can be no names.
RESERVED = frozenset(
    ("and", "caller", "elif", "else", "false", "for", "if", "in", "is", "kwargs", "loop", "none", "not", "or",
     "recursive", "self", "super", "true", "varargs")
)  # fmt: skip

_ITEM = "item of "  # before the list's name, where the name is that of its items
_NAME = r"[a-z][a-z0-9_]*"
_TAG = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|\{\{|\{%|\{#|\}\}|%\}|#\}")
_SPACE = "[ \\t\\n]"  # Unicode has many more, and not every reader of a template takes the same ones for space
_VALUE = re.compile(
    rf"\{{\{{{_SPACE}*(?P<value>{_NAME}){_SPACE}*(?:\|{_SPACE}*(?P<filter>{'|'.join(FILTERS)}){_SPACE}*)?\}}\}}"
)
_STATEMENT = re.compile(
    rf"\{{%{_SPACE}*(?:"
    rf"if{_SPACE}+(?P<not>not{_SPACE}+)?(?P<test>{_NAME})"
    rf"|for{_SPACE}+(?P<item>{_NAME}){_SPACE}+in{_SPACE}+(?P<list>{_NAME})"
    r"|end(?P<end>if|for)"
    rf"){_SPACE}*%\}}"
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


class Tag(NamedTuple):
    """One tag: `value`, `if`, `not` (`if not`), `for` or `end`; its name, and its filter or a `for`'s own name."""

    what: str
    name: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text uses, and what in it is not allowed.

    `items` are the names that a `for` introduces. `structure` is what stands where, whatever the words and their order:
    the same in each language.
    """

    uses: frozenset[Use]
    problems: tuple[str, ...]
    items: frozenset[str] = frozenset()
    structure: frozenset[str] = frozenset()

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
        reader.words(text[at : found.start()])
        if tag is None:
            reader.problems.append(f"`{found[0][:60]}` is not allowed")
        else:
            reader.add(tag)
        at = (tag or found).end()
    reader.words(text[at:])
    reader.problems += [f"`{{% {one.word} %}}` has no end" for one in reader.opened]
    return Reading(frozenset(reader.uses), tuple(reader.problems), frozenset(reader.items), frozenset(reader.structure))


def tags(text: str) -> Iterator[str | Tag]:
    """Yield the tags of a text in which nothing is wrong, and what stands before, between and after them."""
    at = 0
    while found := _TAG.search(text, at):
        tag = _VALUE.match(text, found.start()) or _STATEMENT.match(text, found.start())
        if tag is None:
            raise ValueError(found[0])
        yield text[at : found.start()]
        yield _tag(tag.groupdict())
        at = tag.end()
    yield text[at:]


def _tag(found: dict[str, str]) -> Tag:
    if "value" in found:
        return Tag("value", found["value"], found["filter"] or "")
    if found["test"]:
        return Tag("not" if found["not"] else "if", found["test"])
    return Tag("for", found["list"], found["item"]) if found["item"] else Tag("end")


class _Opened(NamedTuple):
    """A tag that has no end yet: `if` or `for`, the name that a `for` introduced, and the parameter in the tag."""

    word: str
    item: str
    use: Use


@dataclass(slots=True)
class _Reader:
    """What was read so far, and the tags that are open."""

    uses: set[Use] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    opened: list[_Opened] = field(default_factory=list)
    items: set[str] = field(default_factory=set)
    structure: set[str] = field(default_factory=set)

    def words(self, text: str) -> None:
        if text.strip():
            self._place("text")

    def add(self, tag: re.Match[str]) -> None:
        found = tag.groupdict()
        self.problems += [
            f"`{found[part]}` is a word of the syntax and no name"
            for part in ("value", "test", "item", "list")
            if found.get(part) in RESERVED
        ]
        if "value" in found:
            self._use(Use(found["value"], "value"), found["filter"] or "")
        elif found["test"]:
            use = self._use(Use(found["test"], "if not" if found["not"] else "if"))
            self._open(_Opened("if", "", use))
        elif found["item"]:
            self._loop(found["item"], found["list"])
        elif self.opened and self.opened[-1].word == found["end"]:
            self.opened.pop()
        else:
            self.problems.append(f"`{tag[0]}` ends nothing")

    def _use(self, use: Use, filter: str = "") -> Use:
        """Note a use of a parameter, or of an item by the list that it is of; return it by that name."""
        of_list = [one.use.name for one in self.opened if one.item == use.name]
        if not of_list:
            self.uses.add(use)
        meant = Use(f"{_ITEM}{of_list[-1]}", use.what) if of_list else use
        shown = str(meant)
        self._place(shown.replace(" }}", f"|{filter} }}}}") if filter else shown)
        return meant

    def _place(self, what: str) -> None:
        self.structure.add(" in ".join([what, *(str(one.use) for one in reversed(self.opened))]))

    def _open(self, one: _Opened) -> None:
        there = [other.use.what != "if not" for other in self.opened if other.use.name == one.use.name]
        is_item = one.use.name.startswith(_ITEM) and one.use.what == "if not"
        if is_item or (one.use.what != "if not") in [not other for other in there]:
            self.problems.append(f"`{one.use}` can never apply here: nobody would ever read what stands in it")
        if len(self.opened) == MOST_OPEN:
            self.problems.append(f"`{one.use}` stands inside {MOST_OPEN} other tags")
        self.opened.append(one)

    def _loop(self, item: str, name: str) -> None:
        names = {one.item for one in self.opened}
        if name in names:
            self.problems.append(f"`{name}` is one item of a list and no list")
        if item in names or item == name:
            self.problems.append(f"`{item}` stands for something else here already")
        if sum(one.word == "for" for one in self.opened) >= DEEPEST:
            self.problems.append(f"`{{% for {item} in {name} %}}` is a loop inside {DEEPEST} others")
        use = self._use(Use(name, "for"))
        self.items.add(item)
        self._open(_Opened("for", item, use))
