"""The families of codes, as spec/problems.md groups them."""

from __future__ import annotations

from bisect import bisect_right

FAMILIES = {
    "YS101": "One file of YAML",
    "YS121": "The files of a directory and the order of steps",
    "YS201": "References between records",
    "YS203": "Where navigation leads",
    "YS301": "What says nothing new, and spelling",
    "YS401": "Unlock conditions",
    "YS501": "Goss specs",
    "YS601": "Image tags",
    "YS701": "Sizes, texts and metadata",
    "YS801": "Databases",
    "YS812": "What a database says it is, and who signed it",
    "YS901": "Comments to yamlsync",
}
"""The first code of each family, in order, and what its rules are about."""

_FIRST = tuple(FAMILIES)


def family(code: str) -> str:
    """What the rule with this code is about."""
    return FAMILIES[_FIRST[bisect_right(_FIRST, code) - 1]]
