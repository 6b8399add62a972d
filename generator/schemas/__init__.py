"""One record's plain data in; valid or not (fast), or every fault with its keys and a hint (exact).

The JSON Schemas (2020-12) of `schemas/` are read once. `jsonschema-rs` answers yes or no in microseconds;
`jsonschema` explains, and only a record that failed is explained.
"""

from .faults import RULES, UNEXPLAINED, explain, explain_published, explain_value
from .reading import at, described, folder, load, load_published, properties, published, validator

__all__ = [
    "RULES", "UNEXPLAINED", "at", "described", "explain", "explain_published", "explain_value", "folder", "load",
    "load_published", "properties", "published", "validator",
]  # fmt: skip
