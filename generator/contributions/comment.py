"""A proposal in; words to the issue's author out, as a forge's comment or as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from .. import markdown
from .proposal import Proposal, Want

MARKER = "<!-- karakana: issue -->"
_LEAD = "registry/"
_MOST = 30
_QUOTED = 300


def as_markdown(proposal: Proposal, issue: int = 0) -> str:
    """Return a comment: what is proposed, or what is missing and how to mend it. Foreign text stands in code."""
    return markdown.cut(
        "\n".join([MARKER, *(_complete(proposal, issue) if proposal.is_complete else _asking(proposal))]) + "\n"
    )


def _complete(proposal: Proposal, issue: int) -> Iterator[str]:
    yield f"{markdown.code(proposal.name)} becomes:"
    yield ""
    for path in proposal.files:
        verb = "changed" if path in proposal.changes else "new"
        yield f"- {markdown.code(_LEAD + path, 300)}, {verb}"
    if proposal.notes:
        yield from ("", "To look at:", "")
        yield from (f"- {markdown.sentence(note)}" for note in proposal.notes[:_MOST])
    if issue:
        yield from ("", f"Closes #{issue}")


def _asking(proposal: Proposal) -> Iterator[str]:
    yield "Thank you. This cannot become a record yet:"
    yield ""
    for want in proposal.wants[:_MOST]:
        yield f"- {_asked(want)}"
        if want.said.strip():
            yield f"  You wrote: {markdown.code(want.said.strip(), _QUOTED)}"
    if len(proposal.wants) > _MOST:
        yield f"- and {len(proposal.wants) - _MOST} more"
    yield ""
    yield "Edit the text of this issue above (… and then Edit): it is read again at once. No new issue is needed."


def _asked(want: Want) -> str:
    at = f"**{markdown.escaped(want.at)}**: " if want.at else ""
    hint = f" — {markdown.sentence(want.hint)}" if want.hint else ""
    return f"{at}{markdown.sentence(want.message)}{hint}"


def as_text(proposal: Proposal) -> str:
    """Return the same as lines for a terminal, with what cannot be seen spelt out."""
    if proposal.is_complete:
        rows = [f"{'changed' if path in proposal.changes else 'new'}: {path}" for path in proposal.files]
        rows += [f"note: {note}" for note in proposal.notes]
    else:
        rows = []
        for want in proposal.wants:
            rows.append(f"{want.at or 'the issue'}: {want.message}" + (f" ({want.hint})" if want.hint else ""))
            rows += [f"  answered: {want.said[:_QUOTED]}"] if want.said.strip() else []
    return "\n".join(markdown.visible(row) for row in rows) + "\n"
