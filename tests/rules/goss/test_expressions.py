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


TAKEN += [
    *(
        "[a-z-]",
        "[-a]",
        "[a-]",
        "[--a]",
        "[]-a]",
        "[\\d-z]",
        "[\\x41-\\x{5a}]",
        "[\\012-a]",
        "[[:^digit:]x]",
        "[[:]",
    ),
    *("[[:foo]", "[[:a]", "\\x{0000041}", "a{01}", "{0,000}", "a{2}{01}", "(a{30}){30}", "(a{500}|b{2}){2}"),
    *("(a{500}){0}", "(a{0}){900}", "((a{10}){10}){10}", "(a{500})*", "\\Q\\E", "[a\\--z]"),
]
REFUSED += [
    *(
        "[z-a]",
        "[[:foo:]]",
        "[a-\\d]",
        "[[::]]",
        "[[:Alpha:]]",
        "[a-[:alpha:]]",
        "[a--]",
        "[\\x42-A]",
        "[b-\\x{61}]",
    ),
    *("[\\b]", "[\\A]", "[\\z]", "[\\Qa\\E]", "[a-\\pL]", "[\\7]", "\\E", "\\x{110000}", "\\Q\\E*"),
    *("(a{500}){500}", "(a{2,}){501}", "((a{10}){10}){11}", "(b{2}|(?:a{600})){2,3}"),
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
    "part",
    [
        "(a",
        "[a",
        "[",
        "\\Q",
        "{1",
        "(?i)",
        "\\x{1",
        "a*",
        "[0-9]+ ",
        "a{" + "1" * 9,
        "[[:",
        "[a-",
        "(a{1}",
        "\\x{0",
    ],
)
def test_long_patterns_take_a_moment(part: str) -> None:
    start = process_time()
    fault(part * 50_000)
    assert process_time() - start < 5


@pytest.mark.parametrize("count", ["0," + "0" * 5_000, "0" * 5_000, "1" * 5_000, "1," + "1" * 5_000])
def test_a_number_may_have_thousands_of_digits(count: str) -> None:
    found = fault(f"a{{{count}}}")
    assert (found is None) == count.startswith("0")
    assert found is None or len(found[0]) < 100
