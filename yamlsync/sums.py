"""SHA256SUMS: the files that `sha256sum -c` reads; setting one line, and asking for it (SIG-30 to SIG-35)."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from enum import Enum

from attrs import frozen

from yamlsync.errors import OperationError, describe
from yamlsync.publish.durability import sync_file, sync_folder, write_new
from yamlsync.publish.locking import BusyError, locked
from yamlsync.publish.permissions import keep_permissions
from yamlsync.publish.regular import read_regular
from yamlsync.publish.staging import stage_beside, sweep_beside

_MOST = 64 * 1024 * 1024
_TRIES, _PAUSE = 500, 0.02
_CAN_REPLACE_OPEN_FILES = os.name != "nt"

_HASH = rb"([0-9A-Fa-f]{64})"
_USUAL = re.compile(rb"[ \t]*(\\?)" + _HASH + rb"[ \t][ *](.+)", re.DOTALL)
_REVERSED = re.compile(rb"[ \t]*(\\?)" + _HASH + rb"[ \t](.+)", re.DOTALL)
_TAGGED = re.compile(rb"[ \t]*(\\?)SHA256 ?\((.*)\)[ \t]*=[ \t]*" + _HASH, re.DOTALL)
_ESCAPES = {b"\\\\": b"\\", b"\\n": b"\n", b"\\r": b"\r"}
_PLAIN = {b"-": b"./-"}
"""Names that mean something else to sha256sum: the standard input."""

_ESCAPE = re.compile(rb"\\.?", re.DOTALL)


@frozen
class Sum:
    """One line that could be read: the hash in small digits, the name, and where the digits stand."""

    digest: str
    name: bytes
    start: int


class Listed(Enum):
    """What a file of sums says of a file."""

    RIGHT = "right"
    OTHER = "other"
    MISSING = "missing"


def parse_sums(data: bytes) -> tuple[Sum, ...]:
    """The lines that `sha256sum -c` would read, too; all others are passed over (SIG-31)."""
    return tuple(_sums(data))


def render_sum(digest: str, name: bytes) -> bytes:
    """The line of a file, as `sha256sum` writes it (SIG-32)."""
    name = _PLAIN.get(name, name)
    escaped = name.replace(b"\\", b"\\\\").replace(b"\n", b"\\n").replace(b"\r", b"\\r")
    mark = b"" if escaped == name else b"\\"
    return b"%s%s  %s\n" % (mark, digest.encode(), escaped)


def with_sum(data: bytes, digest: str, name: bytes, same: frozenset[bytes] = frozenset()) -> bytes:
    """The lines with another hash of one file, which is known as `name`, or as one of `same`.

    Only the digits change, in each line of that file; without one, a line is added at the end. All other
    bytes are kept. Raises ValueError where a line that is added would mean another file.
    """
    name = _PLAIN.get(name, name)
    found = [line for line in parse_sums(data) if line.name in same | {name}]
    if not found:
        data += b"\n" if data and not data.endswith(b"\n") else b""
        added = data + render_sum(digest, name)
        read = parse_sums(added)[-1]
        if (read.digest, read.name) != (digest, name):
            raise ValueError("its lines have another form")
        return added
    for line in found:
        data = data[: line.start] + digest.encode() + data[line.start + len(digest) :]
    return data


def update_sums(sums_path: str, file_path: str) -> bool:
    """Sets the line of one file, in one step; tells whether anything changed (SIG-33).

    Names are relative to the folder of the sums. Raises OperationError, with the sums as they were, where
    they cannot be read or written, or the file cannot be read.
    """
    try:
        for _ in range(_TRIES):
            try:
                return _update(sums_path, file_path)
            except BusyError:
                # Another command is setting the line of another file: builds run side by side.
                time.sleep(_PAUSE)
    except OSError as error:
        raise OperationError(
            f"{error.filename or sums_path}: {describe(error)}", "see to permissions and free space"
        ) from error
    raise OperationError(f"another process is writing {sums_path}", "run again when it is done")


def check_sums(sums_path: str, file_path: str) -> Listed:
    """What the sums say of a file; where several lines are of it, all must be right (SIG-34).

    Raises OperationError where one of the two cannot be read.
    """
    try:
        data = read_sums(sums_path)
        if data is None:
            raise OperationError(f"{sums_path} does not exist", "name a file that sha256sum -c reads")
        names = _names_in(data, sums_path, file_path)
        said = {line.digest for line in parse_sums(data) if line.name in names}
        if not said:
            return Listed.MISSING
        return Listed.RIGHT if said == {_hash_of(file_path)} else Listed.OTHER
    except OSError as error:
        raise OperationError(
            f"{error.filename or sums_path}: {describe(error)}", "see to permissions"
        ) from error


def read_sums(sums_path: str) -> bytes | None:
    """The bytes of a file of sums, or None where there is none yet.

    Raises OperationError for what cannot be one: a folder, a device, a file beyond all measure, and a file
    of something else, a private key perhaps.
    """
    try:
        # Who names a link means the file behind it.
        data = read_regular(os.path.realpath(sums_path), _MOST)
    except FileNotFoundError:
        return None
    except OSError as error:
        why = "it is no file" if not os.path.isfile(sums_path) else describe(error)
        raise OperationError(f"{sums_path} cannot be read: {why}", "name a file for the sums") from error
    if len(data) > _MOST:
        raise OperationError(f"{sums_path} has more than {_MOST >> 20} MiB", "name a file of sums")
    if data.strip() and next(_sums(data), None) is None:
        raise OperationError(
            f"{sums_path} is no file of sums: it has no line that sha256sum -c reads",
            "name one, such as SHA256SUMS, or a file that is not there yet",
        )
    return data


def _sums(data: bytes) -> Iterator[Sum]:
    start = 0
    # The first line with a single blank decides for the whole file, as it does for sha256sum.
    is_reversed: bool | None = None
    for whole in data.split(b"\n"):
        line = whole.removesuffix(b"\r").partition(b"\0")[0]
        match, at, name = None, 2, b""
        if not line.startswith(b"#"):
            match, at = _TAGGED.fullmatch(line), 3
            name = match[2] if match else b""
            if match is None:
                at = 2
                usual = None if is_reversed else _USUAL.fullmatch(line)
                match = usual or (None if is_reversed is False else _REVERSED.fullmatch(line))
                is_reversed = is_reversed if match is None else usual is None
                name = match[3] if match else b""
        if match is not None:
            read = _unescaped(name) if match[1] else name
            if read is not None:
                yield Sum(match[at].decode().lower(), read, start + match.start(at))
        start += len(whole) + 1


def _unescaped(name: bytes) -> bytes | None:
    """A name without its escapes; None where one of them is none."""
    if any(escape not in _ESCAPES for escape in _ESCAPE.findall(name)):
        return None
    return _ESCAPE.sub(lambda match: _ESCAPES[match[0]], name)


def _update(sums_path: str, file_path: str) -> bool:
    target = os.path.realpath(sums_path)
    if target == os.path.realpath(file_path):
        raise OperationError(f"{sums_path} is the file itself", "name another file for the sums")
    if not os.path.isdir(folder := os.path.dirname(target)):
        raise OperationError(f"the folder {folder} does not exist", "create it first")
    is_new = not os.path.lexists(target)
    with ExitStack() as locks:
        if _CAN_REPLACE_OPEN_FILES:
            # Makes an empty file where there was none, which says as much as none.
            locks.enter_context(locked(target))
        try:
            old = read_sums(sums_path) or b""
            names = _names_in(old, sums_path, file_path)
            new = with_sum(old, _hash_of(file_path), _name(sums_path, file_path), names)
            if new == old:
                with suppress(OSError):
                    sweep_beside(target)
                return False
            _put(target, new, locks)
        except BaseException as error:
            if is_new:
                _remove_empty(target)
            if isinstance(error, ValueError):
                message = f"no line can be added to {sums_path}: {error}"
                raise OperationError(message, "write it anew with sha256sum") from error
            raise
    return True


def _put(target: str, data: bytes, locks: ExitStack) -> None:
    with stage_beside(target) as stage:
        staged = os.path.join(stage, "sums")
        write_new(staged, data)
        sync_file(staged)
        keep_permissions(target, staged)
        if _CAN_REPLACE_OPEN_FILES:
            # The lock on the old file keeps nobody from the new one, and the stage is still there.
            locks.enter_context(locked(staged))
        os.replace(staged, target)
        sync_folder(os.path.dirname(target))


def _remove_empty(target: str) -> None:
    with suppress(OSError):
        if os.path.getsize(target) == 0:
            os.unlink(target)


def _place(path: str) -> str:
    """A path with no link in its folders; the last part may be one."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)


def _name(sums_path: str, file_path: str) -> bytes:
    name = _place(file_path)
    # On another drive of Windows, only the whole path leads to it.
    with suppress(ValueError):
        name = os.path.relpath(name, os.path.dirname(_place(sums_path)))
    return os.fsencode(name.replace(os.sep, "/"))


def _names_in(data: bytes, sums_path: str, file_path: str) -> frozenset[bytes]:
    """The names by which sums mean a file: other spellings of its path, and links that it is named by."""
    folder = os.path.dirname(_place(sums_path))
    places = {_place(file_path), os.path.realpath(file_path)}
    ends = tuple({os.fsencode(os.path.basename(place)) for place in places})
    return frozenset(
        line.name
        for line in parse_sums(data)
        if line.name not in _PLAIN
        and line.name.endswith(ends)
        and _place(os.path.join(folder, os.fsdecode(line.name))) in places
    )


def _hash_of(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
