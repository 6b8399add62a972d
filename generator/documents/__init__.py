"""One file's bytes in; plain data (JSON's types only) out, with positions and problems on demand.

YAML is read as JSON's types: `null`, `true`, `false` and JSON numbers are those, everything else is
text (`no`, `12:30`, `2024-01-01`, `007`). Anchors, aliases, tags, duplicate keys and keys that are no
text are problems. `parse` is the bulk path: it keeps no positions and gives up at the first oddity.
`examine` is the exact one: it finds every problem and the line and column of every key and value.
"""

from .bulk import UncleanError, parse
from .comments import Comments, read_comments
from .exact import Examination, Span, examine
from .key_material import private_keys, told
from .rules import LIMIT_BYTES, LIMIT_DEPTH, LIMIT_DIGITS, PRIVATE_KEY_MATERIAL, RULES, Problem

__all__ = [
    "LIMIT_BYTES", "LIMIT_DEPTH", "LIMIT_DIGITS", "PRIVATE_KEY_MATERIAL", "RULES", "Comments", "Examination",
    "Problem", "Span", "UncleanError", "examine", "parse", "private_keys", "read_comments", "told",
]  # fmt: skip
