"""Git's knowledge of a registry: content ids, dates, and what changed between revisions. Few calls, no loops."""

from .repository import History, open_history
from .values import Changes, Commit, File, HistoryError

__all__ = ["Changes", "Commit", "File", "History", "HistoryError", "open_history"]
