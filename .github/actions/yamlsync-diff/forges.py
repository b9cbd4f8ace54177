"""The comments of a request, by the API of GitHub or GitLab, with Python's own library (PRA-21, PRA-22)."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from typing import Any, NoReturn

_PAGE = 100
_MOST_PAGES = 100
_PATIENCE = 30
_LONGEST_PAUSE = 60.0


class RefusedError(Exception):
    """The server's answer is no."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(f"the server said {status}: {said}")
        self.status = status


class UnreachedError(Exception):
    """No answer, or none for now: to be tried again after a pause of so many seconds."""

    def __init__(self, said: str, pause: float | None = None) -> None:
        super().__init__(said)
        self.pause = pause


@dataclass(frozen=True)
class Comment:
    """A comment on the request."""

    id: int
    author: str
    body: str


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A token goes where it was meant to go, and nowhere else."""

    def redirect_request(self, *_: object) -> None:
        """Follows none: what was to be followed is raised as an error."""


class Forge:
    """Where the request is. Subclasses say how its comments are named and whose they are."""

    update_method = "PATCH"
    order = ""

    def __init__(self, listing: str, item: str, headers: Mapping[str, str]) -> None:
        self._listing = listing
        self._item = item
        self._headers = {"Content-Type": "application/json", "User-Agent": "yamlsync", **headers}
        self._opener = urllib.request.build_opener(_NoRedirect)

    def comments(self) -> Iterator[Comment]:
        """All comments, the oldest first."""
        for number in range(1, _MOST_PAGES + 1):
            found = self.ask("GET", f"{self._listing}?per_page={_PAGE}&page={number}{self.order}")
            yield from (Comment(each["id"], self.author(each), each["body"] or "") for each in found)
            if len(found) < _PAGE:
                return

    def create(self, body: str) -> str:
        """Posts a comment; gives its address, if it has one."""
        return self.address(self.ask("POST", self._listing, {"body": body}))

    def update(self, comment: Comment, body: str) -> str:
        """Gives a comment another text."""
        return self.address(self.ask(self.update_method, f"{self._item}/{comment.id}", {"body": body}))

    def delete(self, comment: Comment) -> None:
        """Takes a comment away."""
        self.ask("DELETE", f"{self._item}/{comment.id}")

    def me(self) -> str:
        """The name of whose token it is, as `author` gives it."""
        raise NotImplementedError

    def author(self, found: Any) -> str:
        """The name of who wrote a comment."""
        raise NotImplementedError

    def address(self, found: Any) -> str:
        """Where a comment is to be seen."""
        raise NotImplementedError

    def ask(self, method: str, url: str, data: Any = None) -> Any:
        """What the server answers. Raises RefusedError, or UnreachedError: ask again, later."""
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(url, body, self._headers, method=method)  # noqa: S310 - CI's own address
        try:
            with self._opener.open(request, timeout=_PATIENCE) as answer:
                text = answer.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            _raise(error)
        except (OSError, HTTPException, ValueError) as error:
            raise UnreachedError(f"no answer from {url}: {error}") from error


def _raise(error: urllib.error.HTTPError) -> NoReturn:
    try:
        said = str(json.loads(error.read())["message"])
    except (OSError, ValueError, KeyError, TypeError):
        said = str(error.reason)
    if error.code == 429 or error.code >= 500 or _is_limited(error.code, error.headers, said):
        raise UnreachedError(f"the server said {error.code}: {said}", _pause(error.headers)) from error
    raise RefusedError(error.code, said) from error


def _is_limited(status: int, headers: Message, said: str) -> bool:
    """Whether it is but too much at a time: GitHub says so by what else means that it is forbidden."""
    return status == 403 and (
        "retry-after" in headers or headers.get("x-ratelimit-remaining") == "0" or "rate limit" in said
    )


def _pause(headers: Message) -> float | None:
    try:
        return min(float(headers["retry-after"]), _LONGEST_PAUSE)
    except (KeyError, TypeError, ValueError):
        return None


class GitHub(Forge):
    """A pull request."""

    def __init__(self, environment: Mapping[str, str], token: str) -> None:
        api, repository = environment["GITHUB_API_URL"], environment["GITHUB_REPOSITORY"]
        self._graphql = environment.get("GITHUB_GRAPHQL_URL") or f"{api}/graphql"
        issues = f"{api}/repos/{repository}/issues"
        headers = {"Accept": "application/vnd.github+json", "Authorization": f"Bearer {token}"}
        super().__init__(f"{issues}/{_number(environment, 'NUMBER')}/comments", f"{issues}/comments", headers)

    def me(self) -> str:
        """See there."""
        # A job's own token may not ask for /user.
        try:
            found = self.ask("POST", self._graphql, {"query": "{ viewer { login } }"})
            return str(found["data"]["viewer"]["login"])
        except (RefusedError, KeyError, TypeError):
            return "github-actions[bot]"

    def author(self, found: Any) -> str:
        """See there; the user may be gone."""
        return str((found.get("user") or {}).get("login") or "")

    def address(self, found: Any) -> str:
        """See there."""
        return str(found.get("html_url") or "")


class GitLab(Forge):
    """A merge request, which belongs to the project that it goes into."""

    update_method = "PUT"
    order = "&sort=asc&order_by=created_at"

    def __init__(self, environment: Mapping[str, str], token: str) -> None:
        self._api = environment["CI_API_V4_URL"]
        project = _number(environment, "CI_MERGE_REQUEST_PROJECT_ID")
        number = _number(environment, "CI_MERGE_REQUEST_IID")
        notes = f"{self._api}/projects/{project}/merge_requests/{number}/notes"
        super().__init__(notes, notes, {"PRIVATE-TOKEN": token})

    def me(self) -> str:
        """See there."""
        return str(self.ask("GET", f"{self._api}/user")["username"])

    def author(self, found: Any) -> str:
        """See there; what GitLab notes by itself is nobody's."""
        return "" if found.get("system") else str((found.get("author") or {}).get("username") or "")

    def address(self, found: Any) -> str:  # noqa: ARG002 - notes have no address of their own
        """See there."""
        return ""


def _number(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "")
    if not (value.isascii() and value.isdigit()):
        raise KeyError(name)
    return value
