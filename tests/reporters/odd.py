"""Problems with every odd thing in them, and a strategy for more: what each format has to bear."""

from __future__ import annotations

from hypothesis import strategies as st

from yamlsync.problems import Cell, Place, Problem
from yamlsync.reporters.report import Report, Style

ODD = (
    Problem("YS204", 'names step "onne"', Place("steps/a.yaml", 3, 28, 3, 34), 'did you mean "one"?'),
    Problem("YS103", "100% wrong: a,b::error::", Place("steps/50%,a:b.yaml", 2, 1, 2, 5), "write | and `x`"),
    Problem("YS716", "over several lines", Place("steps/a.yaml", 4, 11, 9, 3), None, "warning"),
    Problem("YS104", "a line\r\nand another\nline", Place("steps/a\nb.yaml", 5, 2, 5, 3), "two\nlines"),
    Problem("YS124", "no list names this step", Place("steps/漢字 é\U0001f600.yaml"), "add it"),
    Problem("YS110", "a byte \udcff and a half \ud800", Place("steps/\udcff\udc80.yaml", 1, 1), "\udcff"),
    Problem("YS102", "an escape \x1b[2J \x00 \x9b \u2028 \u202e", Place("a\x07\x1b.yaml", 1, 1, 1, 2), None),
    Problem("YS806", "BLOB", Cell("course.db", "steps", 'id "a,b"', "markdown"), "set it"),
    Problem("YS804", "damaged", Cell("course.db"), None),
    Problem(
        "YS301", "next says nothing new", Place("b.yaml", 7, 3, 7, 7), "delete it", "warning", fixable=True
    ),
    Problem("YS601", "[a](http://example.org) @octocat #1", Place("b.yaml", 8, 1, 8, 2), "<b>", "hint"),
    Problem("YS601", "[a](http://example.org) @octocat #1", Place("b.yaml", 9, 1, 9, 2), "<b>", "hint"),
)

_numbers = st.integers(1, 10**6)
_texts = st.text(st.characters(), max_size=40)
_names = st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=20).filter(
    lambda name: not name.startswith("/")
)


@st.composite
def _places(draw: st.DrawFn) -> Place | Cell:
    path = draw(_names)
    if draw(st.booleans()):
        return Cell(path, *draw(st.tuples(*[st.none() | _texts] * 3)))
    count = draw(st.sampled_from([0, 2, 4]))
    line, column, more_lines, more_columns = draw(st.tuples(_numbers, _numbers, st.integers(0, 3), _numbers))
    return Place(path, *(line, column, line + more_lines, column + more_columns)[:count])


problems = st.builds(
    Problem,
    st.sampled_from(["YS101", "YS204", "YS601", "YS998"]),
    _texts,
    _places(),
    st.none() | _texts,
    st.sampled_from(["error", "warning", "hint"]),
    st.booleans(),
)
"""Problems in files and databases, with any text, lone halves of surrogate pairs among them."""


def plain(text: str, **_: object) -> str:
    """No colour."""
    return text


def report(*found: Problem, style: Style = plain) -> Report:
    """A report of these problems; none of their files can be read."""
    return Report(found, lambda _: None, style)
