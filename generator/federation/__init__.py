"""The peers that `registry.yaml` names in; their last good copies, and their hubs beside ours, out."""

from .copies import forget, neighbours
from .licences import Use, use
from .limits import FetchError, Limits, Reach
from .merge import federation, merged
from .pull import Outcome, Pull, learned, pull

__all__ = [
    "FetchError", "Limits", "Outcome", "Pull", "Reach", "Use", "federation", "forget", "learned", "merged",
    "neighbours", "pull", "use",
]  # fmt: skip
