"""A file or commit in; where GitHub, GitLab or Forgejo shows it, lets it be changed, or hears of a problem, out."""

from __future__ import annotations

from urllib.parse import quote, quote_plus

from ..records.instance import Forge

_EDIT = {
    "github": "{repository}/edit/{branch}/{path}",
    "gitlab": "{repository}/-/edit/{branch}/{path}",
    "forgejo": "{repository}/_edit/{branch}/{path}",
}
_HISTORY = {
    "github": "{repository}/commits/{branch}/{path}",
    "gitlab": "{repository}/-/commits/{branch}/{path}",
    "forgejo": "{repository}/commits/branch/{branch}/{path}",
}
_COMMIT = {
    "github": "{repository}/commit/{id}",
    "gitlab": "{repository}/-/commit/{id}",
    "forgejo": "{repository}/commit/{id}",
}
_ISSUE = {
    "github": ("{repository}/issues/new", "title", "body"),
    "gitlab": ("{repository}/-/issues/new", "issue[title]", "issue[description]"),
    "forgejo": ("{repository}/issues/new", "title", "body"),
}


def edit(forge: Forge, path: str) -> str:
    """Return where a file of the repository is edited in the browser."""
    return _filled(_EDIT[forge.kind], forge, path)


def history(forge: Forge, path: str) -> str:
    """Return where the changes of a file are listed."""
    return _filled(_HISTORY[forge.kind], forge, path)


def commit(forge: Forge, id: str) -> str:
    """Return where a commit is shown, by its full id."""
    return _COMMIT[forge.kind].format(repository=forge.repository.rstrip("/"), id=quote(id))


def issue(forge: Forge, title: str, body: str) -> str:
    """Return where a problem is reported, with its title and first words filled in."""
    pattern, title_key, body_key = _ISSUE[forge.kind]
    address = pattern.format(repository=forge.repository.rstrip("/"))
    return f"{address}?{quote(title_key)}={_query(title)}&{quote(body_key)}={_query(body)}"


def _query(text: str) -> str:
    """Return text as part of a query; what RFC 3986 allows there stands as it is, for people and for speed."""
    return "%0A".join([quote_plus(line, safe="/:?(),") for line in text.split("\n")])


def _filled(pattern: str, forge: Forge, path: str) -> str:
    return pattern.format(repository=forge.repository.rstrip("/"), branch=quote(forge.branch), path=quote(path))
