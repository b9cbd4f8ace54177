"""What tells a finding from all others and stays when lines move, so that CI knows it again (CHK-54)."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from yamlsync.problems import Problem
from yamlsync.reporters.wording import told

_LINE = re.compile(r"\bline [0-9]+")


def fingerprints(problems: Iterable[Problem]) -> list[str]:
    """For each problem 64 hexadecimal digits that no other of them has.

    They are made of code, path, cell and message without numbers of lines; findings that are alike in all of
    these are counted.
    """
    seen: Counter[str] = Counter()
    found = []
    for problem in problems:
        like = "\0".join([problem.code, problem.place.path, _LINE.sub("line", told(problem))])
        seen[like] += 1
        text = f"{like}\0{seen[like]}"
        found.append(hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest())
    return found
