"""What may be raised: a broken environment. Bad content is never an exception but a `Problem`."""

from __future__ import annotations


class OperationError(Exception):
    """The work could not be tried: a missing file, a full disk, a folder that is locked.

    `help` says what to do about it. The command line ends with exit code 2.
    """

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def describe(error: OSError) -> str:
    """What the system said, without Python's decoration: `No space left on device`."""
    return error.strerror or str(error)


def not_taken(error: OSError, path: str) -> OperationError:
    """What to raise where the system did not take what was to be written at `path`, or near it."""
    return OperationError(
        f"{error.filename or path}: {describe(error)}", "see to permissions and free space, and run again"
    )
