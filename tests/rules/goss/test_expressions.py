"""Regular expressions: what Go certainly refuses is told, and nothing that it takes."""

from __future__ import annotations

from time import process_time

import pytest

from yamlsync.rules.goss.expressions import fault

# Each was given to regexp.Compile of Go; (?<n>a) is taken since Go 1.22.
TAKEN = [
    *("", "a", "a|", "()", "(|a)", "(?i)a", "(?i:a)", "(?s-i)a", "(?P<n>a)", "(?<n>a)", "a(?i)*", "(?)"),
    *("a*?", "a{2}", "a{2,}", "a{,2}", "a{", "a{b}", "{", "}", "]", "a{1000}", "^*", "$+", "a{2}?"),
    *("[]a]", "[^]a]", "[a-z]", "[[:alpha:]]", "[[]", "[\\]]", "[\\d-]", "[(]", "[*+?]", "[a\\-z]"),
    *("\\d\\D\\w\\W\\s\\S\\b\\B\\A\\z", "\\.", "\\/", "\\_", "\\ ", "\\x41", "\\x{41}", "\\pL", "\\p{Greek}"),
    *(
        "\\Q(*\\E",
        "\\Q(",
        "\\12",
        "\\012",
        "\\a\\f\\n\\r\\t\\v",
        "é*",
        "^nginx:1\\.28 3 3$",
        "\\\\",
        "\\{.*\\}",
    ),
]
REFUSED = [
    *(
        "(",
        ")",
        "(a",
        "a)",
        "(?=a)",
        "(?!a)",
        "(?<=a)",
        "(?<!a)",
        "(?>a)",
        "(?#a)",
        "(?x)a",
        "(?P=n)",
        "(?",
        "(?-)",
    ),
    *(
        "*",
        "+a",
        "?",
        "(*)",
        "|*",
        "a**",
        "a*+",
        "a+*",
        "a{2}{3}",
        "a*{2}",
        "a??*",
        "a{1001}",
        "a{3,2}",
        "{2}",
    ),
    *("[", "[a", "[^", "[]", "[\\", "[a\\]", "\\", "a\\", "\\1", "(a)\\1", "\\8", "\\Z", "\\h", "\\K", "\\é"),
    *("\\x", "\\x4", "\\xg0", "\\p", "\\c", "\\C", "[\\Z]", "[\\1]"),
]


@pytest.mark.parametrize("pattern", TAKEN)
def test_what_go_takes_is_right(pattern: str) -> None:
    assert fault(pattern) is None


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_go_refuses_is_wrong(pattern: str) -> None:
    found = fault(pattern)
    assert found is not None
    assert all(found)


@pytest.mark.parametrize(
    "part", ["(a", "[a", "[", "\\Q", "{1", "(?i)", "\\x{1", "a*", "[0-9]+ ", "a{" + "1" * 9]
)
def test_long_patterns_take_a_moment(part: str) -> None:
    start = process_time()
    fault(part * 50_000)
    assert process_time() - start < 5
