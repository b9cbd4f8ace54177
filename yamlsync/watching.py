"""Waiting for files of workshops to be saved: the one owner of watchfiles (the extra `watch`)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from yamlsync.errors import OperationError

_SUFFIXES = (".yaml", ".toml", ".db")
_DEBOUNCE, _STEP = 60, 20
"""Milliseconds: how long changes are gathered at most, and the silence that ends the gathering."""

_WAKE = 200
"""Milliseconds after which it is known that the watching has begun, and an interrupt is seen to."""


def changes(paths: Sequence[str]) -> Iterator[bool]:
    """False when the watching has begun, then True each time that something at or below the paths was saved.

    Never ends by itself. What was saved before it began is not seen: look once more at its first value.
    Raises OperationError where nothing can be watched; at once, where that is not installed.
    """
    try:
        # Imported late, and perhaps not there: it is an extra.
        import watchfiles
    except ImportError:
        raise OperationError(
            "what watches files is not installed", "install it: pip install 'yamlsync[watch]'"
        ) from None
    return _changes(watchfiles.watch, paths)


def _changes(watch: Callable[..., Iterator[set[Any]]], paths: Sequence[str]) -> Iterator[bool]:
    begun = False
    folders = {path if os.path.isdir(path) else os.path.dirname(path) or "." for path in paths}
    try:
        for saved in watch(
            *sorted(folders),
            watch_filter=lambda _, path: _is_worth_a_look(path),
            debounce=_DEBOUNCE,
            step=_STEP,
            rust_timeout=_WAKE,
            yield_on_timeout=True,
            raise_interrupt=True,
        ):
            if saved or not begun:
                begun = True
                yield bool(saved)
    except (FileNotFoundError, PermissionError) as error:
        raise OperationError(f"nothing can be watched here: {error}", "see to the folders") from error


def _is_worth_a_look(path: str) -> bool:
    """Not editors' own files, nor what an export stages before it puts files in place."""
    *folders, name = path.split(os.sep)
    staged = any(folder.startswith(".yamlsync") for folder in folders)
    return name.endswith(_SUFFIXES) and not name.startswith(".") and not staged
