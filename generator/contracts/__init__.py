"""Contract templates: values for their parameters in; checked texts and a manifest of checksums out."""

from .filling import filled, missing, normal
from .manifest import manifest
from .rendering import html, markdown
from .values import Block, Clause, Filled, Party, Problem, Shape, Variable
from .world import World

__all__ = [
    "Block", "Clause", "Filled", "Party", "Problem", "Shape", "Variable", "World", "filled", "html",
    "manifest", "markdown", "missing", "normal",
]  # fmt: skip
