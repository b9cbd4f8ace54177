"""Which resources goss 0.4 knows, which attributes each has, and what each attribute takes (GOSS-20)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from attrs import field, frozen


class Takes(Enum):
    """What an attribute takes. The second half takes a matcher too, and is told by what goss finds there."""

    TEXT = auto()
    TEXTS = auto()
    NUMBER = auto()
    MILLISECONDS = auto()
    FLAG = auto()
    MAPPING = auto()
    ANYTHING = auto()
    COMMAND = auto()
    PORT = auto()

    TRUTH = auto()
    INTEGER = auto()
    OLD_INTEGER = auto()
    WORD = auto()
    MODE = auto()
    FILETYPE = auto()
    WORDS = auto()
    OUTPUT = auto()
    VALUE = auto()


@frozen
class Resource:
    """A type of resource. Without `required`, goss has nothing to compare; `renamed` are old names.

    `compared` are the attributes of which there must be one, where none of them is required.
    """

    attributes: Mapping[str, Takes]
    required: str | None = None
    renamed: Mapping[str, str] = field(factory=dict)
    compared: tuple[str, ...] = ()


_COMMON = {
    "title": Takes.TEXT,
    "meta": Takes.MAPPING,
    "skip": Takes.FLAG,
    "marks": Takes.TEXTS,
}


def _resource(required: str | None, attributes: Mapping[str, Takes], **renamed: str) -> Resource:
    return Resource({**_COMMON, **attributes}, required, renamed)


RESOURCES: Mapping[str, Resource] = {
    "addr": _resource(
        "reachable",
        {
            "address": Takes.TEXT,
            "local-address": Takes.TEXT,
            "reachable": Takes.TRUTH,
            "timeout": Takes.MILLISECONDS,
        },
    ),
    "command": _resource(
        "exit-status",
        {
            "exec": Takes.COMMAND,
            "exit-status": Takes.OLD_INTEGER,
            "stdout": Takes.OUTPUT,
            "stderr": Takes.OUTPUT,
            "timeout": Takes.MILLISECONDS,
            "retry_count": Takes.NUMBER,
            "retry_delay": Takes.ANYTHING,
        },
    ),
    "dns": _resource(
        "resolvable",
        {
            "resolve": Takes.TEXT,
            "resolvable": Takes.TRUTH,
            "resolveable": Takes.TRUTH,
            "addrs": Takes.WORDS,
            "server": Takes.TEXT,
            "timeout": Takes.MILLISECONDS,
        },
        resolveable="resolvable",
    ),
    "file": _resource(
        "exists",
        {
            "path": Takes.TEXT,
            "exists": Takes.TRUTH,
            "mode": Takes.MODE,
            "size": Takes.INTEGER,
            "owner": Takes.WORD,
            "group": Takes.WORD,
            "linked-to": Takes.WORD,
            "filetype": Takes.FILETYPE,
            "contains": Takes.OUTPUT,
            "contents": Takes.OUTPUT,
            "md5": Takes.WORD,
            "sha256": Takes.WORD,
            "sha512": Takes.WORD,
        },
        contains="contents",
    ),
    "gossfile": _resource(None, {"file": Takes.TEXT}),
    "group": _resource("exists", {"groupname": Takes.TEXT, "exists": Takes.TRUTH, "gid": Takes.OLD_INTEGER}),
    "http": _resource(
        "status",
        {
            "url": Takes.TEXT,
            "method": Takes.TEXT,
            "status": Takes.INTEGER,
            "allow-insecure": Takes.FLAG,
            "no-follow-redirects": Takes.FLAG,
            "timeout": Takes.MILLISECONDS,
            "request-headers": Takes.TEXTS,
            "request-body": Takes.TEXT,
            "headers": Takes.OUTPUT,
            "body": Takes.OUTPUT,
            "username": Takes.TEXT,
            "password": Takes.TEXT,
            "ca-file": Takes.TEXT,
            "cert-file": Takes.TEXT,
            "key-file": Takes.TEXT,
            "proxy": Takes.TEXT,
        },
    ),
    "interface": _resource(
        "exists",
        {"name": Takes.TEXT, "exists": Takes.TRUTH, "addrs": Takes.WORDS, "mtu": Takes.INTEGER},
    ),
    "kernel-param": _resource("value", {"name": Takes.TEXT, "value": Takes.WORD}),
    "matching": _resource(
        "matches", {"content": Takes.ANYTHING, "as-reader": Takes.FLAG, "matches": Takes.VALUE}
    ),
    "mount": _resource(
        "exists",
        {
            "mountpoint": Takes.TEXT,
            "exists": Takes.TRUTH,
            "opts": Takes.WORDS,
            "vfs-opts": Takes.WORDS,
            "source": Takes.WORD,
            "filesystem": Takes.WORD,
            "usage": Takes.INTEGER,
            "timeout": Takes.MILLISECONDS,
        },
    ),
    "package": _resource(
        "installed", {"name": Takes.TEXT, "installed": Takes.TRUTH, "versions": Takes.WORDS}
    ),
    "port": _resource("listening", {"port": Takes.PORT, "listening": Takes.TRUTH, "ip": Takes.WORDS}),
    "process": _resource("running", {"comm": Takes.TEXT, "running": Takes.TRUTH}),
    "service": Resource(
        {
            **_COMMON,
            "name": Takes.TEXT,
            "enabled": Takes.TRUTH,
            "running": Takes.TRUTH,
            "runlevels": Takes.WORDS,
        },
        compared=("enabled", "running", "runlevels"),
    ),
    "user": _resource(
        "exists",
        {
            "username": Takes.TEXT,
            "exists": Takes.TRUTH,
            "uid": Takes.OLD_INTEGER,
            "gid": Takes.OLD_INTEGER,
            "groups": Takes.WORDS,
            "home": Takes.WORD,
            "shell": Takes.WORD,
        },
    ),
}

OTHER_NAMES: Mapping[str, Mapping[str, str]] = {
    "command": dict.fromkeys(
        ("code", "exit", "exit-code", "exit_code", "exitcode", "rc", "return-code", "returncode", "status"),
        "exit-status",
    ),
    "file": {"type": "filetype"},
    "http": {"code": "status"},
}
"""What attributes are called by other tools, and by goss; for names that are not spelled alike."""
