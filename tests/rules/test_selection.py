"""Which rules are run, and where (CHK-10, CHK-31, CHK-33)."""

from __future__ import annotations

import pytest

from yamlsync.rules.selection import Selection, matches


def test_all_rules_are_run_without_a_word() -> None:
    assert Selection().covers("YS601")
    assert not Selection().ignores("YS601", "steps/a.yaml")


@pytest.mark.parametrize(
    ("select", "ignore", "runs"),
    [
        (("YS6",), (), True),
        (("YS5",), (), False),
        (("YS",), ("YS6",), False),
        (("YS601",), ("YS6",), True),
        (("YS6",), ("YS601",), False),
        (("YS601",), ("YS601",), False),
        (("YS5", "YS60"), ("YS",), True),
        ((), (), False),
    ],
)
def test_the_longer_beginning_decides_and_ignoring_goes_first(
    select: tuple[str, ...], ignore: tuple[str, ...], runs: bool
) -> None:
    assert Selection(select, ignore).covers("YS601") is runs


def test_what_is_ignored_in_a_file_is_ignored_in_no_other() -> None:
    selection = Selection(per_file={"steps/a*.yaml": ("YS6",), "b.yaml": ("YS204",)})
    assert selection.ignores("YS601", "steps/about.yaml")
    assert not selection.ignores("YS601", "steps/b.yaml")
    assert selection.ignores("YS204", "steps/b.yaml")
    assert not selection.ignores("YS205", "steps/b.yaml")


def test_patterns_are_held_against_the_path_from_the_folder_of_the_settings() -> None:
    selection = Selection(per_file={"courses/k8s/steps/*": ("YS6",)}, prefix="courses/k8s/")
    assert selection.ignores("YS601", "steps/a.yaml")
    assert not Selection(per_file=selection.per_file).ignores("YS601", "steps/a.yaml")


@pytest.mark.parametrize(
    ("path", "pattern", "answer"),
    [
        ("steps/a.yaml", "a.yaml", True),
        ("steps/a.yaml", "*.yaml", True),
        ("steps/a.yaml", "steps", False),
        ("steps/a.yaml", "steps/*", True),
        ("courses/steps/a.yaml", "steps/*", False),
        ("courses/x/steps/a.yaml", "courses/*.yaml", True),
        ("steps/A.yaml", "steps/a.yaml", False),
        ("steps/a.yaml", "steps/[ab].yaml", True),
    ],
)
def test_a_pattern_without_a_slash_is_for_names_and_any_other_for_paths(
    path: str, pattern: str, answer: bool
) -> None:
    assert matches(path, pattern) is answer
