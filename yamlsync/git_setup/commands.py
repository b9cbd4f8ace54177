"""The commands that git gives to a shell: they call yamlsync, and do without it where it is gone (GIT-47)."""

from __future__ import annotations

import re
from shlex import quote, split

from attrs import frozen

TEXTCONV = "textconv"
DIFF_DRIVER = "diff-driver"

_GONE = "the yamlsync that git was told to run is gone"
_WITH = "with another one: yamlsync git install; to do without: git config --remove-section"

_WITHOUT = {
    # A text is shown as git would show it; of all else, what differs wherever two files do. git is there
    # for sure, with its own programs first in PATH.
    TEXTCONV: r"""if tr -d '\000' <"$1" | cmp -s - "$1"; then cat "$1"; else """
    rf"""printf '# %s\n' 'not shown: {_GONE}' '{_WITH} diff.yamlsync-db' """
    r""""object $(git hash-object --no-filters -- "$1")"; fi""",
    # With one argument there is a conflict; nothing in a path may reach the terminal but what prints.
    DIFF_DRIVER: r"""if [ $# -lt 7 ]; then printf '* Unmerged path %s\n' """
    r""""$(printf %s "$1" | tr -d '[:cntrl:]')"; else """
    rf"""printf '# %s\n' 'not told in words: {_GONE}' '{_WITH} diff.yamlsync-step'; """
    r"""git --no-pager diff --no-index --no-ext-diff -- "$2" "$5"; :; fi""",
}
"""What is done without yamlsync, in the words of every POSIX shell. It ends with 0: with more, git stops."""

_CALL = r"(?P<program>.+) -E -P -m yamlsync git (?P<called>[a-z-]+) --by (?P<version>[^ ]+) --"
_PLAIN = re.compile(_CALL, re.DOTALL)
_SAFE = {
    called: re.compile(
        r"yamlsync\(\) \{ \[ -x (?P<again>.+) \] && "
        + _CALL.replace(".+", "(?P=again)")
        + re.escape(f' "$@" || {{ {without}; }}; }}; yamlsync'),
        re.DOTALL,
    )
    for called, without in _WITHOUT.items()
}


@frozen
class Call:
    """Which Python git runs, what it calls, and the version of yamlsync that wrote so."""

    program: str
    called: str
    version: str

    @property
    def command(self) -> str:
        """What git is to be told, as it is written today."""
        program = quote(self.program)
        without = _WITHOUT[self.called]
        # git adds ` "$@"` to it.
        return f'yamlsync() {{ [ -x {program} ] && {self.plain} "$@" || {{ {without}; }}; }}; yamlsync'

    @property
    def plain(self) -> str:
        """What git was told once. Where the Python is gone, git ends in the middle of what it shows."""
        # -P keeps Python from importing what lies in the worktree, in which git runs it, and -E from doing
        # so because a variable says it. The version is there for git's cache: with another command, what
        # was kept counts no more.
        return f"{trial(self.program)} git {self.called} --by {self.version} --"


def trial(program: str) -> str:
    """The beginning of a call, by which it can be tried whether yamlsync runs."""
    return f"{quote(program)} -E -P -m yamlsync"


def call_of(called: str, command: str) -> Call | None:
    """The call in a command of ours, of today or as it was once; None for somebody else's."""
    match = _SAFE[called].fullmatch(command) or _PLAIN.fullmatch(command)
    if match is None or match["called"] != called:
        return None
    try:
        words = split(match["program"])
    except ValueError:
        return None
    call = Call(words[0], called, match["version"]) if words else None
    return call if call is not None and command in (call.command, call.plain) else None
