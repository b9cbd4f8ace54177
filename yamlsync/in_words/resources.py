"""Each kind of resource that goss knows → a sentence, and clauses for what else is asked of it (PRE-11)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from yamlsync.document.foreign.parts import Part
from yamlsync.in_words.matchers import matched_by, patterns, truth, value
from yamlsync.in_words.typed import typed
from yamlsync.rules.goss.scalars import is_set

Attributes: TypeAlias = dict[str, Part]
"""What is left to be told of a resource: each function takes away what it has told."""

_Told: TypeAlias = tuple[str, list[str]]


def _is(left: Attributes, name: str, yes: str, no: str) -> str:
    """The verb for an attribute that is true or false; what is neither is told with the others."""
    wanted = truth(left[name]) if name in left else None
    if wanted is not None:
        del left[name]
    return no if wanted is False else yes


def _name(left: Attributes, attribute: str, key: str) -> str:
    """What a resource is called: goss takes its key where the attribute is not there."""
    part = left.pop(attribute, None)
    if part is None:
        return typed(key)
    return value(part)


def _such(left: Attributes, named: Mapping[str, str]) -> list[str]:
    """A clause for each attribute that has words of its own, in the order of the spec."""
    return [f"{named[name]} {matched_by(left.pop(name))}" for name in list(left) if name in named]


def _file(key: str, left: Attributes) -> _Told:
    what = "file"
    filetype = left.get("filetype")
    if filetype is not None and (noun := _FILETYPES.get(filetype.token or "")):
        what = noun
        del left["filetype"]
    words = f"The {what} {_name(left, 'path', key)} {_is(left, 'exists', 'exists', 'does not exist')}"
    lines = [
        each for name in ("contents", "contains") if name in left for each in patterns(left.pop(name), "it")
    ]
    return words, lines + _such(left, _OF_FILES)


_FILETYPES = {
    "file": "file",
    "directory": "folder",
    "symlink": "link",
    "pipe": "pipe",
    "socket": "socket",
    "character-device": "device",
    "block-device": "device",
}
_OF_FILES = {
    "mode": "its mode",
    "owner": "its owner",
    "group": "its group",
    "size": "its size in bytes",
    "linked-to": "what it links to",
    "filetype": "its type",
    "md5": "its MD5",
    "sha256": "its SHA-256",
    "sha512": "its SHA-512",
}


def _command(key: str, left: Attributes) -> _Told:
    given = left.pop("exec", None)
    command = typed(key) if given is None else value(given)
    status = left.pop("exit-status", None)
    if status is None:
        ends = "is run"
    elif status.token is not None:
        ends = f"ends with {status.token or 'nothing'}"
    else:
        ends = f"ends with a status that {matched_by(status)}"
    words = f"The command {command} {ends}"
    if given is not None and key and value(given) != typed(key):
        words = f"{key.strip().rstrip(':.')}: the command {command} {ends}"
    more = [
        each
        for name, what in (("stdout", "its output"), ("stderr", "its error output"))
        if name in left
        for each in patterns(left.pop(name), what)
    ]
    return words, more + _timing(left)


def _timing(left: Attributes) -> list[str]:
    more: list[str] = []
    timeout = left.pop("timeout", None)
    if timeout is not None and timeout.token:
        more.append(f"within {_seconds(timeout.token)}")
    retries = left.pop("retry_count", None)
    if retries is not None and retries.token:
        more.append(f"tried {retries.token} more {'time' if retries.token == '1' else 'times'}")  # noqa: S105
    return more


def _seconds(milliseconds: str) -> str:
    if not milliseconds.isdecimal() or len(milliseconds) > 12:
        return f"{milliseconds} milliseconds"
    seconds = int(milliseconds) / 1000
    return (
        "1 second"
        if seconds == 1
        else f"{seconds:g} seconds"
        if seconds >= 1
        else f"{milliseconds} milliseconds"
    )


def _http(key: str, left: Attributes) -> _Told:
    address = _name(left, "url", key)
    method = left.pop("method", None)
    by = f" to {value(method)}" if method is not None and method.token else ""
    status = left.pop("status", None)
    answer = "answers" if status is None else f"answers{by} with {_status(status)}"
    more = [
        each
        for name, what in (("body", "what it answers"), ("headers", "its headers"))
        if name in left
        for each in patterns(left.pop(name), what)
    ]
    for name, words in (
        ("allow-insecure", "with any certificate"),
        ("no-follow-redirects", "following no redirect"),
    ):
        if name in left and is_set(left[name]):
            del left[name]
            more.append(words)
    if "password" in left:
        left.pop("password")
        more.append("with a password")
    return f"The address {address} {answer}", more + _timing(left)


def _status(status: Part) -> str:
    return status.token or "nothing" if status.token is not None else f"a status that {matched_by(status)}"


def _simple(
    noun: str, attribute: str, flag: str, yes: str, no: str, named: Mapping[str, str]
) -> Callable[[str, Attributes], _Told]:
    """A kind whose sentence is a noun, its name and a verb for a flag."""

    def tell(key: str, left: Attributes) -> _Told:
        words = f"The {noun} {_name(left, attribute, key)} {_is(left, flag, yes, no)}"
        return words, _such(left, named) + _timing(left)

    return tell


def _service(key: str, left: Attributes) -> _Told:
    name = _name(left, "name", key)
    verbs = [
        _is(left, flag, yes, no)
        for flag, yes, no in (
            ("running", "runs", "does not run"),
            ("enabled", "is enabled", "is not enabled"),
        )
        if flag in left and truth(left[flag]) is not None
    ]
    return f"The service {name} {' and '.join(verbs) or 'is looked at'}", _such(
        left, {"runlevels": "its runlevels"}
    )


def _kernel_param(key: str, left: Attributes) -> _Told:
    wanted = left.pop("value", None)
    name = _name(left, "name", key)
    return f"The kernel's parameter {name} {matched_by(wanted) if wanted is not None else 'is looked at'}", []


def _matching(key: str, left: Attributes) -> _Told:
    matches = left.pop("matches", None)
    content = left.pop("content", None)
    left.pop("as-reader", None)
    what = "nothing" if content is None else value(content)
    return f"{typed(key)}: {what} {matched_by(matches) if matches is not None else 'is looked at'}", []


def _gossfile(key: str, left: Attributes) -> _Told:
    return f"All checks of {_name(left, 'file', key)} pass", []


KINDS: Mapping[str, Callable[[str, Attributes], _Told]] = {
    "addr": _simple(
        "address", "address", "reachable", "can be reached", "cannot be reached",
        {"local-address": "the address that asks"},
    ),
    "command": _command,
    "dns": _simple(
        "name", "resolve", "resolvable", "has an address", "has no address",
        {"addrs": "the list of its addresses", "server": "the server that is asked"},
    ),
    "file": _file,
    "gossfile": _gossfile,
    "group": _simple("group", "groupname", "exists", "exists", "does not exist", {"gid": "its number"}),
    "http": _http,
    "interface": _simple(
        "network interface", "name", "exists", "exists", "does not exist",
        {"addrs": "the list of its addresses", "mtu": "its MTU"},
    ),
    "kernel-param": _kernel_param,
    "matching": _matching,
    "mount": _simple(
        "mount", "mountpoint", "exists", "exists", "does not exist",
        {
            "source": "its source", "filesystem": "its file system", "opts": "the list of its options",
            "vfs-opts": "the list of its VFS options", "usage": "how full it is in per cent",
        },
    ),
    "package": _simple(
        "package", "name", "installed", "is installed", "is not installed",
        {"versions": "the list of its versions"},
    ),
    "port": _simple(
        "port", "port", "listening", "is listened on", "is not listened on",
        {"ip": "the list of its addresses"},
    ),
    "process": _simple("process", "comm", "running", "runs", "does not run", {}),
    "service": _service,
    "user": _simple(
        "user", "username", "exists", "exists", "does not exist",
        {
            "uid": "its number", "gid": "the number of its group", "groups": "the list of its groups",
            "home": "its home", "shell": "its shell",
        },
    ),
}  # fmt: skip
"""A function for each kind: the key of a resource and its attributes → the sentence and the clauses."""
