"""A file or commit in; where GitHub, GitLab or Forgejo shows it, lets it be changed, or hears of a problem, out."""

from __future__ import annotations

from urllib.parse import quote, quote_plus

from ..records.instance import Forge

_EDIT = {
    "github": "{repository}/edit/{branch}/{path}",
    "gitlab": "{repository}/-/edit/{branch}/{path}",
    "forgejo": "{repository}/_edit/{branch}/{path}",
}
_CREATE = {
    "github": "{repository}/new/{branch}?filename={{path}}&value={{value}}&message={{title}}",
    "gitlab": "{repository}/-/new/{branch}?file_name={{path}}&content={{value}}&commit_message={{title}}",
    "forgejo": "{repository}/_new/{branch}/{{folder}}?filename={{file}}&value={{value}}",
}
_NAMES = {"github": "GitHub", "gitlab": "GitLab", "forgejo": "Forgejo"}
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

# The file of the form in the repository. GitLab has no forms: there the words of an issue are filled in.
_FORM = "1-add-a-hub.yml"
_NEW_HUB = {
    "github": "{repository}/issues/new?template=" + _FORM,
    "forgejo": "{repository}/issues/new?template=.github/ISSUE_TEMPLATE/" + _FORM,
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


def new_hub(forge: Forge, country: str, title: str, body: str) -> str:
    """Return where the form for a new hub is filled in, its country given; `title` and `body` serve where none is."""
    if forge.kind not in _NEW_HUB:
        return issue(forge, title, body)
    form = _NEW_HUB[forge.kind].format(repository=forge.repository.rstrip("/"))
    return f"{form}&country={_query(country)}" if country else form


def form(forge: Forge) -> dict[str, str]:
    """Return the forge's name, and its pages as patterns that site/app/forms/sending.ts fills in.

    A new file can be filled in from the address on GitHub (isaacs/github#1527), Gitea and Forgejo
    (go-gitea/gitea#16556) and GitLab (`params[:content]` in app/views/projects/blob/_editor.html.haml); a file that is
    edited on none of them for sure.
    """
    repository = forge.repository.rstrip("/")
    branch = quote(forge.branch)
    pattern, title_key, body_key = _ISSUE[forge.kind]
    return {
        "name": _NAMES[forge.kind],
        "create": _CREATE[forge.kind].format(repository=repository, branch=branch),
        "edit": _EDIT[forge.kind].format(repository=repository, branch=branch, path="{path}"),
        "issue": f"{pattern.format(repository=repository)}?{quote(title_key)}={{title}}&{quote(body_key)}={{body}}",
    }


def _query(text: str) -> str:
    """Return text as part of a query; what RFC 3986 allows there stands as it is, for people and for speed."""
    return "%0A".join([quote_plus(line, safe="/:?(),") for line in text.split("\n")])


def _filled(pattern: str, forge: Forge, path: str) -> str:
    return pattern.format(repository=forge.repository.rstrip("/"), branch=quote(forge.branch), path=quote(path))
