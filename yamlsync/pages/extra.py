"""Whether the extra `html` is there: asked before anything else of this package is loaded (PRE-9)."""

from __future__ import annotations

from importlib.util import find_spec

from yamlsync.errors import OperationError

_NEEDED = ("jinja2", "markupsafe", "nh3", "pygments")


def require_html(what: str) -> None:
    """Raises OperationError where pages cannot be written, since the extra is not installed.

    `what` asks for them, such as "preview".
    """
    missing = [name for name in _NEEDED if not _is_there(name)]
    if missing:
        are = "is" if len(missing) == 1 else "are"
        raise OperationError(
            f"{what} needs {', '.join(missing)}, which {are} not installed",
            "install the extra: pip install 'yamlsync[html]'",
        )


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ValueError:
        # Loaded in a way that has no spec, or kept from being loaded.
        return False
