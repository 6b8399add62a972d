"""Karakana's generator: registry files in; diagnostics, open data and a site out."""

__version__ = "0.1.0"
