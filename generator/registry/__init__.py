"""A folder of record files in; a `Registry` of all records with their indexes out, through a cache."""

from .load import RULES, Progress, load, quiet
from .registry import Registry, Scope

__all__ = ["RULES", "Progress", "Registry", "Scope", "load", "quiet"]
