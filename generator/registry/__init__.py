"""A folder of record files in; a `Registry` of all records with their indexes out, through a cache."""

from .cache import Cache
from .files import scan
from .load import RULES, Progress, load, quiet
from .overlay import Rows, part, replaced
from .registry import Registry, Scope, path_of
from .scope import identify, scope

__all__ = [
    "RULES", "Cache", "Progress", "Registry", "Rows", "Scope", "identify", "load", "part", "path_of", "quiet",
    "replaced", "scan", "scope",
]  # fmt: skip
