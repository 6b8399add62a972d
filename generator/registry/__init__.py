"""A folder of record files in; a `Registry` of all records with their indexes out, through a cache."""

from .beside import listing_hubs
from .cache import Cache
from .elsewhere import INSIDE, Elsewhere, elsewhere
from .files import scan
from .load import RULES, Progress, load, quiet
from .overlay import Rows, part, replaced
from .registry import Registry, Scope, path_of
from .scope import identify, scope
from .single import single

__all__ = [
    "INSIDE", "RULES", "Cache", "Elsewhere", "Progress", "Registry", "Rows", "Scope", "elsewhere", "identify",
    "listing_hubs", "load", "part", "path_of", "quiet", "replaced", "scan", "scope", "single",
]  # fmt: skip
