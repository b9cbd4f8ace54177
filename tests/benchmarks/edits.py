"""An edit of a course as a pull request makes it: one step in a hundred, each in another way."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

_SEED = 20260116


def edit_course(directory: Path, steps: int) -> None:
    """Changes one in a hundred of the steps below a directory, and one at least."""
    rng = random.Random(_SEED)
    paths = sorted((directory / "steps").iterdir())
    for number, path in enumerate(rng.sample(paths, max(1, steps // 100))):
        text = path.read_bytes().decode()
        changed = _KINDS[number % len(_KINDS)](text)
        if changed == text:
            changed = _reword(text)
        path.write_bytes(changed.encode())


def _reword(text: str) -> str:
    """Another word in a paragraph in the middle of the text."""
    words = list(re.finditer(r"(?<= )[a-z]{4,}(?= )", text))
    word = words[len(words) // 2]
    return f"{text[: word.start()]}reworded{text[word.end() :]}"


def _retitle(text: str) -> str:
    return re.sub(r"^title: .*$", "title: Another title", text, count=1, flags=re.MULTILINE)


def _hint(text: str) -> str:
    return re.sub(r"^(  hint\.1: ).*$", r"\1Another hint.", text, count=1, flags=re.MULTILINE)


def _check(text: str) -> str:
    """What one goss check asks."""
    return re.sub(r"exists: true", "exists: false", text, count=1)


def _image(text: str) -> str:
    return re.sub(r"^(image_tag: .*)$", r"\1-2", text, count=1, flags=re.MULTILINE)


_KINDS: tuple[Callable[[str], str], ...] = (_reword, _retitle, _hint, _check, _image)
