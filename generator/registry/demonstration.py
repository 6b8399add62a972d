"""A record in; whether it was invented to show how things look out."""

from __future__ import annotations

from ..records import Hub, Machine, Recognition, Record
from .registry import Registry


def is_invented(registry: Registry, record: Record) -> bool:
    """Tell whether a record is a demonstration, or belongs to a hub that is one."""
    if getattr(record, "demonstration", False):
        return True
    hub = registry.get(Hub, record.hub) if isinstance(record, Machine | Recognition) else None
    return hub is not None and hub.demonstration
