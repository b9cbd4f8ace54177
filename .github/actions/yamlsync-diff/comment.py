"""Posts a page as the one comment on a pull or merge request, or updates the one that is there (PRA-20).

Of GitHub and of GitLab, which name themselves in the environment of their jobs. Only Python's own library is
loaded, and nothing is run: this is the one part that has a token.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import time

# Isolated as it runs, Python does not look for modules beside the script.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from forges import Forge, GitHub, GitLab, RefusedError, UnreachedError

_ATTEMPTS = 3


def post(forge: Forge, body: str, *, is_wanted: bool) -> tuple[str, str]:
    """Sees to it that there is one comment of ours with this text; what was done, and its address.

    Ours is one that the token's owner wrote, with the same first line. Where it `is_wanted` only if there is
    one already, none is posted. Of several, which two runs at once may leave behind, the first stays.
    """
    me, first = forge.me(), body.split("\n", 1)[0]
    ours = [each for each in forge.comments() if each.author == me and _first_line(each.body) == first]
    for each in ours[1:]:
        forge.delete(each)
    if ours:
        if _plain(ours[0].body) == _plain(body):
            return "the comment says so already", ""
        return "updated the comment", forge.update(ours[0], body)
    if not is_wanted:
        return "nothing to say, and no comment that says otherwise", ""
    return "posted a comment", forge.create(body)


def _first_line(body: str) -> str:
    return _plain(body).split("\n", 1)[0].rstrip()


def _plain(body: str) -> str:
    return body.replace("\r\n", "\n").rstrip()


def _post_patiently(forge: Forge, body: str, *, is_wanted: bool) -> tuple[str, str]:
    """The same, tried anew from the start: what was posted though no answer came is found then."""
    for attempt in range(1, _ATTEMPTS):
        try:
            return post(forge, body, is_wanted=is_wanted)
        except UnreachedError as error:
            time.sleep(4.0 ** (attempt - 1) if error.pause is None else error.pause)
    return post(forge, body, is_wanted=is_wanted)


def main() -> int:
    """Posts the comment; ends with 0 also where that is not allowed: what is told is to be seen elsewhere."""
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--link", default="", help="where all is to be seen, for the end of the comment")
    parser.add_argument("folder", help="what compare.py wrote")
    given = parser.parse_args()
    token = os.environ.get("TOKEN", "")
    if not token:
        return _say("notice", "no token, so no comment: what changed is in the artifact of this job")
    body, changed = (_read(given.folder, name) for name in ("comment.md", "changed"))
    if given.link.startswith("https://") and not set(given.link) & set(" ()<>\n"):
        body += f"\n\n[All of it, as pages to be downloaded]({given.link})"
    try:
        forge = (GitLab if os.environ.get("GITLAB_CI") else GitHub)(os.environ, token)
    except KeyError as error:
        return _say("notice", f"no comment: this is no job of a request, {error.args[0]} is not set")
    try:
        done, address = _post_patiently(forge, body, is_wanted=changed == "true")
    except RefusedError as error:
        return _explain(error)
    except UnreachedError as error:
        return _say("error", f"the comment could not be posted, {_ATTEMPTS} times: {error}", code=1)
    if address and (outputs := os.environ.get("GITHUB_OUTPUT")):
        end = secrets.token_hex(16)
        with open(outputs, "a", encoding="utf-8") as file:
            file.write(f"comment-url<<{end}\n{address}\n{end}\n")
    return _say("", done)


def _read(folder: str, name: str) -> str:
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return file.read().rstrip("\n")


def _explain(error: RefusedError) -> int:
    where = "The summary and the artifact of this job have what changed"
    if error.status not in (403, 404):
        return _say("error", f"the comment could not be posted: {error}. {where}", code=1)
    repository = os.environ.get("GITHUB_REPOSITORY", "")
    if os.environ.get("HEAD_REPOSITORY", repository) != repository:
        return _say("notice", f"no comment: from a fork, a job may not write. {where}")
    if os.environ.get("GITHUB_ACTOR") == "dependabot[bot]":
        return _say("notice", f"no comment: for Dependabot, a job may not write. {where}")
    help = "the token needs the scope api"
    if repository:
        help = "give the job the permission pull-requests: write"
    return _say("warning", f"no comment: {error}; {help}. {where}")


def _say(level: str, text: str, code: int = 0) -> int:
    """Prints a line, on GitHub as an annotation; the text may be a server's."""
    plain = "".join(each if each.isprintable() else " " for each in text).replace("##[", "## [")
    if level and os.environ.get("GITHUB_ACTIONS"):
        plain = f"::{level} title=yamlsync diff::{plain.replace('%', '%25')}"
    elif plain.lstrip().startswith("::"):
        plain = f"- {plain}"
    sys.stdout.write(f"{plain}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
