"""What differs between two revisions and who proposes and approves it in; who must approve each file, and why, out.

Who owns what is read from the base alone: a change cannot say who may make it.
"""

from .accounts import Account, account
from .changes import NOTHING, PLAIN, Base, Change, Version, Wanted
from .claims import mentions
from .reviews import approvals
from .rules import Role
from .verdict import Given, Objection, People, Requirement, Verdict, verdict
from .wanted import needs_content, wanted

__all__ = [
    "NOTHING", "PLAIN", "Account", "Base", "Change", "Given", "Objection", "People", "Requirement", "Role", "Verdict",
    "Version", "Wanted", "account", "approvals", "mentions", "needs_content", "verdict", "wanted",
]  # fmt: skip
