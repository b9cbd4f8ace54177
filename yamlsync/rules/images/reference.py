"""The parts of an image reference, and what is wrong with one: the grammar of registries (IMG-1 to IMG-6)."""

from __future__ import annotations

import re
from functools import lru_cache

from attrs import frozen

from yamlsync.printable import shown

MAX_NAME = 255
MAX_TAG = 128

_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?\Z")
_COMPONENT = re.compile(r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*\Z")
_TAG = re.compile(r"[a-zA-Z0-9_][a-zA-Z0-9_.-]*\Z")
_DIGEST = re.compile(r"@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:.*\Z", re.DOTALL)
_USUAL = re.compile(
    r"(?P<name>[a-z0-9]+(?:(?:[.]|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)"
    r":(?P<tag>[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127})\Z"
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_HASH = re.compile(r"[0-9a-f]{64}\Z")
_NOT_IN_HOST = re.compile(r"[^a-zA-Z0-9.:-]+")
_NOT_IN_PATH = re.compile(r"[^a-z0-9._-]+")
_NOT_IN_TAG = re.compile(r"[^a-zA-Z0-9_.-]+")
_EDGES = re.compile(r"[._-]+")
_SEPARATORS = re.compile(r"(?!(?:[._]|__|-+)(?![._-]))[._-]+")


@frozen
class Fault:
    """What is wrong with a reference: its characters from `start` to before `end`, and what to write."""

    start: int
    end: int
    message: str
    help: str


@frozen
class Reference:
    """An image tag in its parts. `tag` is None where none is written, `digest` is "" or starts with @.

    A reference with a `fault` has its parts as far as they could be told.
    """

    name: str
    tag: str | None
    digest: str
    fault: Fault | None = None


@lru_cache(maxsize=4096)
def parse(text: str) -> Reference:
    """The parts of an image tag. Takes time in proportion to its length."""
    usual = _USUAL.match(text)
    if usual and len(usual["name"]) <= MAX_NAME and not _HASH.match(usual["name"]):
        return Reference(usual["name"], usual["tag"], "")
    return _parse(text)


def _parse(text: str) -> Reference:
    """Any reference, part by part from the front, so that the first fault is told (IMG-6)."""
    if not text.strip():
        help = "write the name of an image and its tag, such as myorg/course:intro"
        return Reference("", None, "", Fault(0, len(text), "the image tag is empty", help))
    digest = _DIGEST.search(text)
    start = digest.start() if digest else len(text)
    rest = text[:start]
    slash = rest.find("/")
    has_domain = slash > 0 and _is_domain(rest[:slash])
    path_start = slash + 1 if has_domain else 0
    colon = rest.find(":", path_start)
    path_end = len(rest) if colon < 0 else colon
    name, tag = rest[:path_end], None if colon < 0 else rest[colon + 1 :]
    fault = _around(text, rest)
    if fault is None and has_domain:
        fault = _in_domain(rest, slash)
    if fault is None:
        fault = _in_path(rest, path_start, path_end)
    if fault is None and len(name) > MAX_NAME:
        message = f"the image's name has {len(name)} characters, and the most is {MAX_NAME}"
        fault = Fault(MAX_NAME, len(name), message, "shorten the name in front of the tag")
    if fault is None and tag is not None:
        fault = _in_tag(rest, colon + 1)
    return Reference(name, tag, text[start:], fault)


def _is_domain(first: str) -> bool:
    """Whether what stands before the first slash names a registry (IMG-2)."""
    return first == "localhost" or "." in first or ":" in first or first.lower() != first


def _around(text: str, rest: str) -> Fault | None:
    left, right = len(text) - len(text.lstrip()), len(text.rstrip())
    if left or right < len(text):
        start, end = (0, left) if left else (right, len(text))
        return Fault(start, end, "white space around the image tag", f"write {shown(text.strip())}")
    scheme = _SCHEME.match(rest)
    if scheme:
        message = f"an image tag starts with the registry, without {shown(scheme.group())}"
        return Fault(0, scheme.end(), message, f"write {shown(text[scheme.end() :])}")
    return None


def _in_domain(rest: str, slash: int) -> Fault | None:
    domain, path = rest[:slash], rest[slash + 1 :]
    if "." not in domain and ":" not in domain and domain != "localhost":
        # Capitals make it a registry to every program that pulls images, and there is no such host.
        lower = f"{domain.lower()}/{path}"
        message = f"{shown(domain)} has capitals, and is taken for the name of a registry"
        return Fault(0, slash, message, f"write the repository in lowercase: {shown(lower)}")
    if _DOMAIN.match(domain):
        return None
    wrong = None if domain.startswith("[") else _NOT_IN_HOST.search(domain)
    start, end = wrong.span() if wrong else (0, slash)
    message = f"{shown(domain)} is not the address of a registry"
    if wrong:
        message += f": {_characters(wrong.group())} cannot stand in it"
    help = "write a host, and perhaps a port: registry.example.com:5000"
    return Fault(start, end, message, help)


def _in_path(rest: str, start: int, end: int) -> Fault | None:
    path = rest[start:end]
    if not path:
        message = "there is no repository in the image tag"
        return Fault(0, len(rest), message, "write the repository too, such as myorg/course:intro")
    position = start
    for component in path.split("/"):
        if not _COMPONENT.match(component):
            return _in_component(rest, position, component, (start, end))
        position += len(component) + 1
    if not start and _HASH.match(path):
        message = "64 hexadecimal digits are the id of an image, not its name"
        return Fault(0, end, message, "write the name and the tag under which the image was pushed")
    return None


def _in_component(rest: str, start: int, component: str, path: tuple[int, int]) -> Fault:
    if not component:
        message = "an empty part between slashes"
        slash = min(start, len(rest) - 1)
        first = slash if rest[slash] == "/" else start - 1
        return Fault(first, first + 1, message, "delete the slash that is too much")
    wrong = _NOT_IN_PATH.search(component)
    if wrong:
        lower = rest[: path[0]] + rest[path[0] : path[1]].lower() + rest[path[1] :]
        if all(character.isascii() and character.isupper() for character in wrong.group()):
            message = f"capitals in the repository: {shown(component)}"
            help = f"write the repository in lowercase: {shown(lower)}"
        else:
            message = f"{_characters(wrong.group())} cannot stand in the name of a repository"
            help = "write it with lowercase letters, digits, and single . _ or - between them"
        return Fault(start + wrong.start(), start + wrong.end(), message, help)
    edge = _EDGES.match(component) or _SEPARATORS.search(component)
    if edge is None:
        edge = next(match for match in _EDGES.finditer(component) if match.end() == len(component))
    message = f"{shown(edge.group())} cannot stand there in the name of a repository"
    help = "each part starts and ends with a letter or digit; between them stands . _ __ or any number of -"
    return Fault(start + edge.start(), start + edge.end(), message, help)


def _in_tag(rest: str, start: int) -> Fault | None:
    tag = rest[start:]
    if not tag:
        message = "nothing follows the colon"
        return Fault(start - 1, start, message, "write the tag behind the colon, or delete the colon")
    if not _TAG.match(tag):
        wrong = _NOT_IN_TAG.search(tag)
        if wrong is None:
            message = f"a tag cannot start with {shown(tag[0])}"
            return Fault(start, start + 1, message, "start it with a letter, a digit or _")
        message = f"{_characters(wrong.group())} cannot stand in a tag"
        help = "write the tag with letters, digits, . _ and -"
        return Fault(start + wrong.start(), start + wrong.end(), message, help)
    if len(tag) > MAX_TAG:
        message = f"the tag has {len(tag)} characters, and the most is {MAX_TAG}"
        return Fault(start + MAX_TAG, start + len(tag), message, "shorten the tag")
    return None


def _characters(text: str) -> str:
    return shown(text, 20)
