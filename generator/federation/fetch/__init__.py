"""A peer's address in; bytes out, within limits: over https, or by Git. The only part with a network and a clock."""

from .git import Blob, Remote, Tree, fetch_tree, read_tree
from .web import Web

__all__ = ["Blob", "Remote", "Tree", "Web", "fetch_tree", "read_tree"]
