"""The keys of Git's configuration that are set, their values, and how ours are known again (GIT-41)."""

from __future__ import annotations

from attrs import frozen

from yamlsync.git_setup import commands
from yamlsync.git_setup.block import DATABASE_DRIVER, STEP_DRIVER
from yamlsync.git_setup.commands import Call, call_of, trial

TEXTCONV = f"diff.{DATABASE_DRIVER}.textconv"
DATABASE_NAMES = f"diff.{DATABASE_DRIVER}.xfuncname"
STEP_NAMES = f"diff.{STEP_DRIVER}.xfuncname"
COMMAND = f"diff.{STEP_DRIVER}.command"
CACHE = f"diff.{DATABASE_DRIVER}.cachetextconv"
PATTERN = rf"^diff\.({DATABASE_DRIVER}|{STEP_DRIVER})\."

_CALLED = {TEXTCONV: commands.TEXTCONV, COMMAND: commands.DIFF_DRIVER}
_NAMES = {
    # The file that a line of the text is of.
    DATABASE_NAMES: ("^--- # (.*)$",),
    # The key that a line of the file is below, or a heading of its text.
    STEP_NAMES: ("^([a-z_]+):\n^  (##+ .*)$",),
}
"""The values that were ever written, the one of today first."""


@frozen
class Caller:
    """The Python that git is to run, and the version of yamlsync that wrote so."""

    program: str
    version: str

    def value(self, key: str) -> str:
        """The value of a key for this caller."""
        if key in _NAMES:
            return _NAMES[key][0]
        return Call(self.program, _CALLED[key], self.version).command

    def trial(self) -> str:
        """The beginning of the call, by which it can be tried whether it runs."""
        return trial(self.program)


def caller_of(key: str, value: str | None) -> Caller | None:
    """Who is called by a value of ours; None for somebody else's, and for those that call nobody."""
    call = call_of(_CALLED[key], value or "") if key in _CALLED else None
    return None if call is None else Caller(call.program, call.version)


def is_ours(key: str, value: str | None) -> bool:
    """Whether a value is one that an install wrote, of whatever version."""
    return value in _NAMES.get(key, ()) or caller_of(key, value) is not None
