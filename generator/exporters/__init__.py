"""A registry in; its open data out: JSON, GeoJSON, CSV and more below `api/v1/`, with schemas of their own."""

from .chosen import Invented
from .described import described
from .formats import FORMATS
from .open_data import StrictError, checked, open_data

__all__ = ["FORMATS", "Invented", "StrictError", "checked", "described", "open_data"]
