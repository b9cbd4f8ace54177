"""Who may do what with a file that takes the place of another."""

from __future__ import annotations

import os
import stat


def keep_permissions(old: str, new: str) -> None:
    """Gives the file `new` the owner, the group and the mode of `old`, which may be missing (PUB-7).

    An owner or a group that the system does not let us give is no error: then nobody else may do with the
    new file what only they might with the old one. Raises OSError where the mode cannot be set.
    """
    try:
        wanted = os.stat(old)
    except FileNotFoundError:
        return
    _give(new, wanted)
    found = os.stat(new)
    # Last, for a change of owner takes such bits away.
    os.chmod(
        new, _mode(wanted, same_owner=found.st_uid == wanted.st_uid, same_group=found.st_gid == wanted.st_gid)
    )


def _give(new: str, wanted: os.stat_result) -> None:
    found = os.stat(new)
    # Windows has neither.
    chown = getattr(os, "chown", None)
    if chown is None or (found.st_uid, found.st_gid) == (wanted.st_uid, wanted.st_gid):
        return
    # Only root gives files away; a group of one's own can be given by anybody.
    for owner in (wanted.st_uid, -1):
        try:
            chown(new, owner, wanted.st_gid)
        except OSError:
            continue
        return


def _mode(wanted: os.stat_result, *, same_owner: bool, same_group: bool) -> int:
    mode = stat.S_IMODE(wanted.st_mode)
    if not same_owner:
        mode &= ~stat.S_ISUID
    if not same_group:
        # Members of either group may now do what both the group and all others might.
        both = (mode >> 3) & mode & 0o7
        mode = mode & ~(stat.S_ISGID | 0o077) | both << 3 | both
    return mode
