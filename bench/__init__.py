"""Measurements: registries of any size made after the real one, and what commands and their peers cost on them."""
