"""Which rules are run, and where: codes and their beginnings, as options and configuration name them."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase

from attrs import field, frozen


@frozen
class Selection:
    """Codes (`YS601`) or beginnings of codes (`YS6`, `YS`); a longer beginning says more than a shorter.

    `per_file` has patterns of paths, each with what is not looked for in the files that match;
    `prefix` is what these paths have before a file's path in its workshop.
    """

    select: tuple[str, ...] = ("YS",)
    ignore: tuple[str, ...] = ()
    per_file: Mapping[str, tuple[str, ...]] = field(factory=dict)
    prefix: str = ""

    def covers(self, code: str) -> bool:
        """Whether the rule with this code is run. Where both name it as exactly, it is not."""
        return _length(self.select, code) > _length(self.ignore, code)

    def ignores(self, code: str, path: str) -> bool:
        """Whether what a rule finds in one file is left out."""
        return any(
            _length(codes, code) > 0
            for pattern, codes in self.per_file.items()
            if matches(f"{self.prefix}{path}", pattern)
        )


def _length(beginnings: tuple[str, ...], code: str) -> int:
    """The length of the longest beginning of `code`, 0 where none is one."""
    return max((len(beginning) for beginning in beginnings if code.startswith(beginning)), default=0)


def matches(path: str, pattern: str) -> bool:
    """Whether a pattern names a path: one without a slash is for names, any other for whole paths."""
    return fnmatchcase(path if "/" in pattern else path.rpartition("/")[2], pattern)
