"""What each kind of attribute takes (GOSS-21 to GOSS-25): a function for each, which adds what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from yamlsync.document.foreign.parts import Part
from yamlsync.layout.finding import did_you_mean
from yamlsync.rules.goss.attributes import RESOURCES, Takes
from yamlsync.rules.goss.finding import Findings, shown
from yamlsync.rules.goss.matchers import check_matcher, check_matchers
from yamlsync.rules.goss.patterns import check_patterns, is_expression
from yamlsync.rules.goss.scalars import integer, is_flag, is_old_flag, kind, named

Check: TypeAlias = Callable[[Findings, Part, Part], None]

_FILETYPES = ("file", "directory", "symlink", "pipe", "socket", "character-device", "block-device")
_OTHER_FILETYPES = {
    "dir": "directory",
    "folder": "directory",
    "regular": "file",
    "link": "symlink",
    "fifo": "pipe",
}
_PORT = re.compile(r"(?:(?:tcp|udp)6?:)?(?P<number>[0-9]{1,5})")
_LIKE_PORT = re.compile(r"(?i:tcp|udp)|[0-9]")
_TRANSPORT = re.compile(r"(?:tcp|udp)6?(?![0-9])")
_LAST_PORT = 65535
_LONG = 40

_SHORTEST = 100
"""Milliseconds: whoever writes fewer most likely meant seconds."""


def _wrong(findings: Findings, key: Part, value: Part, wanted: str, help: str) -> None:
    what = kind(value)
    is_now = shown(value.token or "") if what == "text" else named(value)
    findings.at("YS505", value, f"{key.token} is {is_now}, where goss wants {wanted}", help)


def _text(findings: Findings, key: Part, value: Part) -> None:
    if value.token is None:
        _wrong(findings, key, value, "a text", "write one text")


def _texts(findings: Findings, key: Part, value: Part) -> None:
    if value.items is not None:
        for item in value.items:
            _text(findings, key, item)
    elif kind(value) not in ("nothing", "unknown"):
        _wrong(findings, key, value, "a list of texts", f"write a list, as in {key.token}: [...]")


def _command(findings: Findings, key: Part, value: Part) -> None:
    if value.items is not None:
        _texts(findings, key, value)
    else:
        _text(findings, key, value)


def _number(findings: Findings, key: Part, value: Part) -> None:
    if not (value.token is not None and value.token.isdecimal() and not value.style):
        what = kind(value)
        if what not in ("integer", "number", "nothing", "unknown") or (
            what == "number" and not any(digit.isdecimal() for digit in value.token or "")
        ):
            _wrong(
                findings, key, value, "a whole number", "write a number, without quotes and without a unit"
            )


def _milliseconds(findings: Findings, key: Part, value: Part) -> None:
    _number(findings, key, value)
    if kind(value) == "integer":
        length = integer(value)
        if length is not None and length < _SHORTEST and length != 0:
            message = f"{key.token}: {value.token} is {length} milliseconds, too short for anything"
            seconds = f"for seconds, write {length * 1000}" if length > 0 else "write a number above 0"
            findings.at("YS512", value, message, seconds)


def _flag(findings: Findings, key: Part, value: Part) -> None:
    if value.token is None or not (is_flag(value) or kind(value) == "unknown"):
        _wrong(findings, key, value, "true or false", "write true or false, without quotes")


def _mapping(findings: Findings, key: Part, value: Part) -> None:
    if value.pairs is None and kind(value) not in ("nothing", "unknown"):
        _wrong(findings, key, value, "a mapping", "write keys with values below it")


def _anything(findings: Findings, key: Part, value: Part) -> None:
    """Takes all that YAML can say."""


def _dated(findings: Findings, key: Part, value: Part) -> bool:
    """Whether it is a date, which no matcher takes."""
    if kind(value) != "date":
        return False
    _wrong(findings, key, value, "no date", "put it in quotes")
    return True


def _truth(findings: Findings, key: Part, value: Part) -> None:
    if value.token in ("true", "false"):
        return
    if value.pairs is not None:
        check_matcher(findings, value)
        return
    what = kind(value)
    if what not in ("truth", "nothing", "unknown"):
        help = "write true or false"
        if is_old_flag(value):
            help += f": {value.token} is a text to goss"
        _wrong(findings, key, value, "true or false", help)


def _integer(findings: Findings, key: Part, value: Part, *, old: bool = False) -> None:
    token = value.token
    if token is not None and token.isdecimal() and not value.style:
        return
    if value.pairs is not None:
        check_matcher(findings, value)
        return
    what = kind(value)
    if what == "text" and token is not None and _is_integer(token):
        if old:
            message = f"{key.token} is a number in quotes, which goss warns of"
            findings.at("YS508", value, message, f"write {token.strip()} without quotes")
    elif what not in ("integer", "number", "nothing", "unknown"):
        _wrong(findings, key, value, "a whole number or a matcher", "write a number, without quotes")


def _is_integer(token: str) -> bool:
    return token.isascii() and token.removeprefix("-").removeprefix("+").isdecimal()


def _old_integer(findings: Findings, key: Part, value: Part) -> None:
    """One that an older goss wrote in quotes."""
    _integer(findings, key, value, old=True)


def _word(findings: Findings, key: Part, value: Part) -> None:
    if value.token is None:
        _value(findings, key, value)
    elif not value.style and kind(value) == "truth":
        _wrong(
            findings,
            key,
            value,
            "a text or a matcher",
            "put it in quotes, if that is what should stand there",
        )
    else:
        _dated(findings, key, value)


def _mode(findings: Findings, key: Part, value: Part) -> None:
    _word(findings, key, value)
    if value.token is not None and kind(value) == "integer":
        digits = value.token.lstrip("+-0oO")
        if digits != str(integer(value)) and integer(value) != 0:
            message = (
                f"{key.token}: {value.token} is the number {integer(value)} to goss, which is no such mode"
            )
            findings.at("YS505", value, message, f'put it in quotes: "{digits.rjust(4, "0")}"')


def _filetype(findings: Findings, key: Part, value: Part) -> None:
    _word(findings, key, value)
    token = value.token
    if token is not None and kind(value) == "text" and token not in _FILETYPES:
        types = f"{', '.join(_FILETYPES[:-1])} or {_FILETYPES[-1]}"
        message = f"{key.token} is {shown(token)}, and goss finds {types}"
        other = _OTHER_FILETYPES.get(token.casefold())
        help = f"write {other}" if other else did_you_mean(token, _FILETYPES, f"write {types}")
        findings.at("YS505", value, message, help)


def check_port(findings: Findings, name: Part) -> None:
    """What names a port: tcp:80, tcp6:80, udp:53, udp6:53, or 80 alone (GOSS-29). Other words are let be."""
    token = name.token or ""
    match = _PORT.fullmatch(token)
    if (match and int(match["number"]) <= _LAST_PORT) or not _LIKE_PORT.match(token):
        return
    kinds = _TRANSPORT.findall(token)
    help = f"write it as in tcp:80 or udp:53, with a number up to {_LAST_PORT}"
    if len(token) < _LONG and len(kinds) < 2:
        kind_named = kinds[0] if kinds else ""
        numbers = re.findall("[0-9]+", token.replace(kind_named, "", 1))
        if len(numbers) == 1 and int(numbers[0]) <= _LAST_PORT:
            help = f"write {kind_named or 'tcp'}:{numbers[0]}"
    findings.at("YS505", name, f"{shown(token)} is no port that goss can find", help)


def _port(findings: Findings, key: Part, value: Part) -> None:
    _text(findings, key, value)
    if value.token is not None and kind(value) in ("text", "integer"):
        check_port(findings, value)


def _value(findings: Findings, key: Part, value: Part) -> None:
    """What takes any matcher: of a scalar, nothing can be said."""
    if value.pairs is not None:
        check_matcher(findings, value)
    elif value.items is not None:
        check_matchers(findings, value.items)
    else:
        _dated(findings, key, value)


def _output(findings: Findings, key: Part, value: Part) -> None:
    if value.items is not None:
        check_patterns(findings, key, value.items)
    elif value.pairs is not None:
        check_matcher(findings, value)
    elif is_expression(value.token or ""):
        message = f"outside of a list, goss compares all of the text with {shown(value.token or '')}"
        findings.at(
            "YS511", value, message, "write a list: put the pattern in a line of its own, behind a dash"
        )
    elif not value.style:
        _word(findings, key, value)


_CHECKS: Mapping[Takes, Check] = {
    Takes.TEXT: _text,
    Takes.TEXTS: _texts,
    Takes.NUMBER: _number,
    Takes.MILLISECONDS: _milliseconds,
    Takes.FLAG: _flag,
    Takes.MAPPING: _mapping,
    Takes.ANYTHING: _anything,
    Takes.COMMAND: _command,
    Takes.PORT: _port,
    Takes.TRUTH: _truth,
    Takes.INTEGER: _integer,
    Takes.OLD_INTEGER: _old_integer,
    Takes.WORD: _word,
    Takes.MODE: _mode,
    Takes.FILETYPE: _filetype,
    Takes.WORDS: _word,
    Takes.OUTPUT: _output,
    Takes.VALUE: _value,
}

CHECKS: Mapping[str, Mapping[str, Check]] = {
    type: {name: _CHECKS[takes] for name, takes in resource.attributes.items()}
    for type, resource in RESOURCES.items()
}
"""Type of resource → attribute → the function that checks its value."""
