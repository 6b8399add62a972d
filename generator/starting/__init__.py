"""What a network wants to call its registry in; the files of the new registry, and their place on disk, out."""

from .files import copied, files
from .forges import Forge, known, site_of
from .placing import OccupiedError, occupied, place
from .settings import Wishes, faults

__all__ = ["Forge", "OccupiedError", "Wishes", "copied", "faults", "files", "known", "occupied", "place", "site_of"]
