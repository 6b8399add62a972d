"""An edition in; what the guides say of its registry out: each slot of a guide, as markup, by its name.

A guide writes `[[karakana:form]]` where the link to the form for a new hub is to stand.
"""

from __future__ import annotations

import html
from collections.abc import Mapping

from . import forge, markup
from .citing import cite, licence
from .edition import Edition
from .forms import PATH
from .page import Item

_UP = "../"  # all guides lie in folders of their own


def slots(edition: Edition) -> Mapping[str, str]:
    """Return the markup for each slot: the form for a new hub, the data's licence, whom to name, how to cite."""
    form = new_hub(edition)
    button = f'<a class="karakana-button" href="{html.escape(form.url)}">{html.escape(form.text)}</a>'
    return {
        "form": button if form.url else "",
        "licence": markup.item(licence(edition), _UP),
        "attribution": html.escape(edition.settings.licences.attribution),
        "cite": markup.joined(cite(edition, "data/", edition.strings("nav.open_data")).links[:1], _UP),
    }


def new_hub(edition: Edition) -> Item:
    """Return the link to the forge's form for a new hub; one to our own form without a forge."""
    here, strings = edition.settings.forge, edition.strings
    if here is None:
        return Item(strings("nav.add"), page=PATH)
    url = forge.new_hub(here, "", strings("hub.new.title"), strings("hub.new.body", country=""))
    return Item(strings("hub.new"), url=url)
