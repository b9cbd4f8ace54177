"""The use case: what each commit did to a workshop, in the words of the course (LOG-10 to LOG-33)."""

from yamlsync.history.opening import History, opened_history
from yamlsync.history.selection import Selection, newest_ids

__all__ = ["History", "Selection", "newest_ids", "opened_history"]
