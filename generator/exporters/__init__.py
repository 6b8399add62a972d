"""A registry in; its open data out: JSON, GeoJSON and CSV below `api/v1/`, with schemas of their own."""

from .open_data import Invented, StrictError, checked, open_data

__all__ = ["Invented", "StrictError", "checked", "open_data"]
