"""Valid plain data in; frozen records out. One dataclass per kind, each bound to its schema by a test."""

from .base import R, Record, build
from .contract import Contract
from .design import Design, Request
from .hub import Hub
from .instance import Exceptions, Settings
from .machine import Machine, Model
from .network import Network
from .passport import Passport, Recognition
from .taxonomy import Competence, Material, Process

# In the order in which they are named to people: places first, then vocabularies, then agreements.
KINDS: tuple[type[Record], ...] = (
    Hub, Machine, Model, Process, Material, Competence, Passport, Recognition, Contract, Design, Request, Network,
)  # fmt: skip
SINGLES: tuple[type[Record], ...] = (Settings, Exceptions)
BY_FOLDER: dict[str, type[Record]] = {kind.folder: kind for kind in KINDS}
BY_NAME: dict[str, type[Record]] = {kind.record_kind: kind for kind in (*KINDS, *SINGLES)}

__all__ = [
    "BY_FOLDER", "BY_NAME", "KINDS", "SINGLES", "Competence", "Contract", "Design", "Exceptions", "Hub", "Machine",
    "Material", "Model", "Network", "Passport", "Process", "R", "Recognition", "Record", "Request", "Settings", "build",
]  # fmt: skip
