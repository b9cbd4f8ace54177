"""Comments that silence rules (CHK-20 to CHK-24)."""

from __future__ import annotations

import time

import pytest

from tests.rules.course import files, found, places
from yamlsync.document.model import Block, Path
from yamlsync.document.reading import read
from yamlsync.layout.files import shape_of
from yamlsync.problems import Problem
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.suppression import Suppressions, suppressions

CONDITION = 'navigation:\n  unlock_condition: steps["onne"].completed\n'
STEP = "id: two\ntitle: Two\nimage_tag: org/course:two\n"


def course(two: str) -> dict[str, bytes]:
    """Two steps; the file of the second is given whole."""
    return files({"one": "", "two": ""}) | {"steps/two.yaml": two.encode()}


def of(text: str) -> Suppressions:
    """The comments of a step's file."""
    shape = shape_of("steps/two.yaml")
    assert shape is not None
    block = read("steps/two.yaml", text.encode(), shape)
    assert isinstance(block, Block), block
    return suppressions(block)


def named(text: str) -> list[tuple[Path, tuple[str, ...]]]:
    return [(each.at, each.codes) for each in of(text).ignores]


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.code, problem.message) for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        STEP + '# yamlsync: ignore YS204\nnavigation:\n  unlock_condition: steps["onne"].completed\n',
        STEP + 'navigation:\n  # yamlsync: ignore YS204\n  unlock_condition: steps["onne"].completed\n',
        STEP + 'navigation:\n  unlock_condition: steps["onne"].completed # yamlsync: ignore YS204\n',
        STEP + 'navigation: # yamlsync: ignore YS204\n  unlock_condition: steps["onne"].completed\n',
        STEP + 'navigation:\n  # yamlsync: ignore YS601, YS204: it is built later\n'
        '  unlock_condition: steps["onne"].completed\n',
        STEP + 'navigation:\n  # Why:\n  #yamlsync:ignore  YS204\n  # told.\n'
        '  unlock_condition: steps["onne"].completed\n',
    ],
)  # fmt: skip
def test_a_comment_covers_the_key_it_stands_at_and_all_below(text: str) -> None:
    assert found(course(text), "YS204") == ()


def test_without_it_the_rule_tells() -> None:
    assert [problem.code for problem in found(course(STEP + CONDITION), "YS204")] == ["YS204"]


def test_a_comment_at_another_key_or_for_another_code_covers_nothing() -> None:
    text = "# yamlsync: ignore YS204\n" + STEP + "# yamlsync: ignore YS203\n" + CONDITION
    problems = found(course(text))
    assert places(problems) == [
        ("YS901", "steps/two.yaml", 1, 1, 25),
        ("YS901", "steps/two.yaml", 5, 1, 25),
        ("YS204", "steps/two.yaml", 7, 28, 32),
    ]
    assert told(problems)[0] == ("YS901", "nothing here breaks YS204, so there is nothing to ignore")


def test_a_comment_in_the_list_of_steps_covers_the_step_below_it() -> None:
    text = files({"one": "", "two": ""})
    header, _, listed = text["workshop.yaml"].decode().partition("  - two")
    tree = text | {"workshop.yaml": f"{header}  # yamlsync: ignore YS204\n  - two{listed}".encode()}
    assert places(found(tree)) == [("YS901", "workshop.yaml", 8, 3, 27)]


def test_a_comment_below_the_last_key_covers_nothing_and_is_told() -> None:
    problems = found(course(STEP + CONDITION + "# yamlsync: ignore YS204\n"))
    assert places(problems) == [("YS204", "steps/two.yaml", 5, 28, 32), ("YS901", "steps/two.yaml", 6, 1, 25)]
    assert problems[1].message == "this comment stands above nothing that it could cover"
    assert problems[1].help == "write it above the key that it is for, or delete it"


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("# yamlsync: ignore", "this comment names no rule to ignore"),
        ("# yamlsync: ignore because I say so", "this comment names no rule to ignore"),
        ("# yamlsync: skip YS204", "this comment names no rule to ignore"),
        ("# yamlsync:", "this comment names no rule to ignore"),
        ("# yamlsync: ignore YS2", "there is no rule YS2"),
        ("# yamlsync: ignore YS298", "there is no rule YS298"),
        ("# yamlsync: ignore YS107", "YS107 cannot be silenced"),
    ],
)
def test_a_comment_that_names_no_rule_is_told_at_its_place(comment: str, message: str) -> None:
    problems = found(course(f'id: two\ntitle: "Two" # a\n{comment}\nimage_tag: org/course:two\n'))
    assert told(problems) == [("YS902", message)]
    assert places(problems) == [("YS902", "steps/two.yaml", 3, 1, 1 + len(comment))]
    assert problems[0].help


@pytest.mark.parametrize(
    "comment", ["# Ask yamlsync: ignore YS204", "# yamlsync is told to ignore YS204", "# x"]
)
def test_other_comments_are_not_for_us(comment: str) -> None:
    assert named(f"{comment}\n{STEP}") == []


def test_a_comment_for_a_rule_that_was_not_run_is_let_alone() -> None:
    text = STEP.replace("title: Two", "title: Two # yamlsync: ignore YS204")
    assert told(found(course(text), "YS9")) == []
    assert [code for code, _ in told(found(course(text)))] == ["YS901"]


def test_where_a_step_cannot_be_read_no_comment_is_called_useless() -> None:
    tree = files({"one": "", "two": "", "three": ""}) | {
        "steps/two.yaml": STEP.replace("Two", "Two # yamlsync: ignore YS205").encode(),
        "steps/three.yaml": b"id: two: x",
    }
    assert [problem.code for problem in found(tree)] == ["YS103"]


def test_one_comment_may_silence_several_rules_of_several_keys() -> None:
    assert named(STEP + "# yamlsync: ignore YS601, YS602 YS603\nmetadata:\n  a: b\n") == [
        (("metadata",), ("YS601", "YS602", "YS603"))
    ]


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("YS605 K8S image", ("YS605",)),
        ("YS604 RFC7231 says so", ("YS604",)),
        ("YS604 - YS605 would be next", ("YS604",)),
        ("YS604: YS605", ("YS604",)),
        ("YS604,YS605 , YS603,, x", ("YS604", "YS605", "YS603")),
        ("YS604 YS604", ("YS604",)),
        ("YS604 YS605x", ("YS604",)),
        ("YS604 YS999", ("YS604", "YS999")),
        ("YS604x", ()),
        ("YS604_", ()),
        ("YS604YS605", ()),
        ("ys604", ()),
        ("YS", ()),
        ("see YS604", ()),
        (", YS604", ()),
        ("- YS604", ()),
    ],
)
def test_from_the_first_word_that_is_no_code_on_it_is_a_reason(said: str, codes: tuple[str, ...]) -> None:
    assert named(f"# yamlsync: ignore {said}\n{STEP}") == [(("id",), codes)]


def test_a_code_that_is_not_known_is_told_and_reasons_are_not() -> None:
    problems = found(course(STEP + "metadata:\n  # yamlsync: ignore YS999 K8S of RFC7231\n  a: b\n"))
    assert told(problems) == [("YS902", "there is no rule YS999")]


def test_each_code_of_a_comment_is_used_or_not_by_itself() -> None:
    text = STEP + "navigation: # yamlsync: ignore YS203, YS204\n" + CONDITION.partition("\n")[2]
    (problem,) = found(course(text))
    assert problem.message == "nothing here breaks YS203, so there is nothing to ignore"


def test_alike_comments_each_have_their_own_place() -> None:
    comment = "# yamlsync: ignore YS204"
    text = (
        f'{comment}\nid: two\n{comment}\ntitle: "{comment}" {comment}\nimage_tag: org/course:two\n{comment}\n'
    )
    assert [(each[2], each[3]) for each in places(found(course(text)))] == [(1, 1), (4, 35), (6, 1)]


def test_many_comments_at_one_key_are_placed_in_little_time() -> None:
    comments = "".join(f"# yamlsync: ignore YS204: {n}\n" for n in range(20_000))
    start = time.process_time()
    problems = found(course(comments + STEP + comments.replace(": ", ":  ")))
    assert len(problems) == 40_000
    assert time.process_time() - start < 20


def test_many_comments_and_many_findings_take_little_time() -> None:
    count = 20_000
    text = STEP + "metadata:\n" + "".join(f"  k{n}: v # yamlsync: ignore YS731\n" for n in range(count))
    suppressed = of(text)
    start = time.process_time()
    found = [Diagnostic("steps/two.yaml", ("metadata", f"k{n}", "="), "", "") for n in range(count)]
    assert all(suppressed.silences(each, "YS731") for each in found)
    assert list(suppressed.unused()) == []
    assert time.process_time() - start < 2


def test_thousands_of_wrong_codes_take_little_time() -> None:
    codes = ", ".join(f"YS{n}" for n in range(10_000, 15_000))
    start = time.process_time()
    problems = found(course(f"# yamlsync: ignore {codes}\n{STEP}"))
    assert len(problems) == 5_000
    assert time.process_time() - start < 2


def test_a_very_long_code_is_not_told_at_length() -> None:
    (problem,) = found(course(f"# yamlsync: ignore YS{'9' * 50_000}\n{STEP}"))
    assert len(problem.message) < 120


@pytest.mark.parametrize("key", ["k{}", "'k{}'"])
def test_many_equal_comments_take_little_time(key: str) -> None:
    lines = "".join(f"  {key.format(n)}: v # yamlsync: ignore YS731\n" for n in range(30_000))
    start = time.process_time()
    problems = [each for each in found(course(f"{STEP}metadata:\n{lines}")) if each.code == "YS901"]
    assert len(problems) == 30_000
    assert time.process_time() - start < 6
