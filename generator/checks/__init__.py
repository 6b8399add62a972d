"""The list of all checks, in the order in which they run."""

from ..registry import RULES as FILE_RULES
from . import references
from .check import Check, check
from .run import run

CHECKS: tuple[Check, ...] = (
    references.unknown_process,
    references.unknown_model,
)

RULES = (*FILE_RULES, *(one.rule for one in CHECKS))

__all__ = ["CHECKS", "RULES", "Check", "check", "run"]
