"""The keys of Git's configuration that are set, their values, and how ours are known again (GIT-41)."""

from __future__ import annotations

import re
from shlex import quote, split

from attrs import frozen

from yamlsync.git_setup.block import DATABASE_DRIVER, STEP_DRIVER

TEXTCONV = f"diff.{DATABASE_DRIVER}.textconv"
DATABASE_NAMES = f"diff.{DATABASE_DRIVER}.xfuncname"
STEP_NAMES = f"diff.{STEP_DRIVER}.xfuncname"
COMMAND = f"diff.{STEP_DRIVER}.command"
CACHE = f"diff.{DATABASE_DRIVER}.cachetextconv"
PATTERN = rf"^diff\.({DATABASE_DRIVER}|{STEP_DRIVER})\."

_CALLED = {TEXTCONV: "textconv", COMMAND: "diff-driver"}
_NAMES = {
    # The file that a line of the text is of.
    DATABASE_NAMES: ("^--- # (.*)$",),
    # The key that a line of the file is below, or a heading of its text.
    STEP_NAMES: ("^([a-z_]+):\n^  (##+ .*)$",),
}
"""The values that were ever written, the one of today first."""

_CALL = re.compile(r"(.+) -E -P -m yamlsync git ([a-z-]+) --by ([^ ]+) --", re.DOTALL)


@frozen
class Caller:
    """The Python that git is to run, and the version of yamlsync that wrote so."""

    program: str
    version: str

    def value(self, key: str) -> str:
        """The value of a key for this caller."""
        if key in _NAMES:
            return _NAMES[key][0]
        # git gives it to a shell. -P keeps Python from importing what lies in the worktree, in which git
        # runs it, and -E from doing so because a variable says it. The version is there for git's cache:
        # with another command, what was kept counts no more.
        return f"{self.trial()} git {_CALLED[key]} --by {self.version} --"

    def trial(self) -> str:
        """The beginning of the commands, by which it can be tried whether they run."""
        return f"{quote(self.program)} -E -P -m yamlsync"


def caller_of(key: str, value: str | None) -> Caller | None:
    """Who is called by a value of ours; None for somebody else's, and for those that call nobody."""
    match = _CALL.fullmatch(value or "")
    if match is None or _CALLED.get(key) != match[2]:
        return None
    try:
        words = split(match[1])
    except ValueError:
        return None
    caller = Caller(words[0], match[3]) if words else None
    return caller if caller is not None and caller.value(key) == value else None


def is_ours(key: str, value: str | None) -> bool:
    """Whether a value is one that an install wrote, of whatever version."""
    return value in _NAMES.get(key, ()) or caller_of(key, value) is not None
