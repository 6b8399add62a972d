"""An answer with a website, an e-mail address or a telephone number in; which of them it is, out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..checks import contacts
from ..importers import text

_EMAIL = re.compile(r"(?:mailto:)?([^\s<>@,;]+@[^\s<>@,;]+\.[^\s<>@,;.]+)", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d(][\d ()/.\-]{5,30}")
_LABELS = re.compile(
    r"(?<!\w)(?:website|web|e-?mail|phone|telephone|tel|tél|t|fax|whatsapp)\s*[.:]+\s*(?!//)", re.IGNORECASE
)
_PARTS = re.compile(r"\s*(?:[,;|\n]|\s(?:or|and|ou|und|y|et)\s)\s*|\s+(?=https?://|\+\d|[^\s@]+@)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reach:
    """Ways to reach a hub; "" for none. `refused` says of each part that is none, or a person's, why."""

    website: str = ""
    email: str = ""
    phone: str = ""
    refused: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nobody could be reached."""
        return not (self.website or self.email or self.phone)


def reach(said: str, country: str, name: str) -> Reach:
    """Return the ways in an answer; `country` is a lower-case code, `name` the hub's, which its addresses may have."""
    website = email = phone = ""
    refused: list[str] = []
    for part in filter(None, _PARTS.split(_LABELS.sub("", said))):
        if found := _EMAIL.fullmatch(part):
            refused += [_PRIVATE] if (is_private := contacts.is_private(found[1], name)) else []
            email = email or ("" if is_private else found[1])
        elif found := _PHONE.fullmatch(part):
            number = contacts.office_number(found[0].strip(), country)
            refused += [] if number else [_MOBILE]
            phone = phone or number
        elif address := text.website(part):
            website = website or address
        else:
            refused.append(f"`{text.cut(part, 60)}` is no website, e-mail address or telephone number")
    return Reach(website, email, phone, tuple(dict.fromkeys(refused)))


_PRIVATE = "the e-mail address looks like a person's own, and this registry is public for good"
_MOBILE = "the telephone number may be a person's own, or is none in that country"
