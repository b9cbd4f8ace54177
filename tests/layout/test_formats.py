"""Files of another format: one problem with both versions; nothing else is judged by our rules (LAY-30)."""

from __future__ import annotations

import pytest

from yamlsync import __version__
from yamlsync.layout.read import read_tree
from yamlsync.tree import in_memory

WORKSHOP = 'format: FORMAT\nid: w\nname: W\nversion: v1\ncreated_at: "x"\nsteps:\n  - a\n  - gone\n'
STATE = "format: FORMAT\nworkspace: w01\ncustom:\n  - key: k\n    value: v\n"
STEP = b"id: a\ntitle: A\nimage_tag: i\n"
NEWER = "install a newer yamlsync, one that reads {}; or write yamlsync/1, if that is meant"


def found(**files: str | bytes) -> list[tuple[str, str, str, str | None]]:
    """Place, code, message and help of each problem; `/` is `__` in the names of the arguments."""
    tree = {
        f"{name.replace('__', '/')}.yaml": data.encode() if isinstance(data, str) else data
        for name, data in files.items()
    }
    reading = read_tree(in_memory(tree), with_state=True)
    assert reading.contents is None
    return [(str(each.place), each.code, each.message, each.help) for each in reading.problems]


def newer(path: str, written: str) -> list[tuple[str, str, str, str | None]]:
    message = f"this is of format {written}, and yamlsync {__version__} reads up to yamlsync/1"
    return [(f"{path}:1:9", "YS110", message, NEWER.format(written))]


@pytest.mark.parametrize("written", ["yamlsync/2", "yamlsync/12", f"yamlsync/1{'0' * 30}"])
@pytest.mark.parametrize("more", ["", "lang: de\n", "steps: 3\n"])
def test_a_newer_workshop_has_one_problem_and_its_steps_are_not_judged(written: str, more: str) -> None:
    text = WORKSHOP.replace("FORMAT", written) + more
    assert found(workshop=text, steps__a=STEP + b"hints: [1]\n", steps__b=b"&a: *a") == newer(
        "workshop.yaml", written
    )


def test_a_newer_list_of_workshops_has_one_problem_and_nothing_below_it_is_judged() -> None:
    listing = "format: yamlsync/3\nworkshops:\n  - w\n  - x\n"
    assert found(workshops=listing, workshops__w__workshop="nothing\n") == newer(
        "workshops.yaml", "yamlsync/3"
    )


def test_newer_progress_has_one_problem() -> None:
    workshop = WORKSHOP.replace("FORMAT", "yamlsync/1").replace("  - gone\n", "")
    state = STATE.replace("FORMAT", "yamlsync/2").replace(
        "    value: v\n", "    value: v\n  - key: k\n    value: w\n"
    )
    assert found(workshop=workshop, steps__a=STEP, state__w01=state) == newer("state/w01.yaml", "yamlsync/2")


def test_one_newer_workshop_among_several_leaves_the_others_to_be_judged() -> None:
    listing = "format: yamlsync/1\nworkshops:\n  - v\n  - w\n"
    other = WORKSHOP.replace("id: w", "id: v").replace("FORMAT", "yamlsync/1").replace("  - gone\n", "")
    files: dict[str, str | bytes] = {
        "workshops": listing,
        "workshops__v__workshop": other,
        "workshops__v__steps__a": b"id: a\ntitel: A\nimage_tag: i\n",
        "workshops__w__workshop": WORKSHOP.replace("FORMAT", "yamlsync/2"),
        "workshops__w__steps__b": b"new: 1\n",
    }
    problems = found(**files)
    assert [(place, code) for place, code, _, _ in problems] == [
        ("workshops/v/steps/a.yaml:2:1", "YS107"),
        ("workshops/w/workshop.yaml:1:9", "YS110"),
    ]


@pytest.mark.parametrize("written", ["yaml", "yamlsync/0", "yamlsync/01", "yamlsync", "yamlsync/1 ", "2"])
def test_what_is_no_format_at_all_is_a_slip_and_the_rest_is_judged(written: str) -> None:
    text = WORKSHOP.replace("FORMAT", f'"{written}"')
    assert [(place, code, help) for place, code, _, help in found(workshop=text, steps__a=STEP)] == [
        ("workshop.yaml:1:9", "YS110", "write yamlsync/1"),
        ("workshop.yaml:8:5", "YS123", "add the file, whose name ends in .yaml, or delete the line"),
    ]


def test_a_very_long_format_is_shown_in_short() -> None:
    for written in ("yamlsync/" + "9" * 10_000, "x" * 10_000):
        [(_, code, message, _)] = found(
            workshop=WORKSHOP.replace("FORMAT", f'"{written}"').replace("  - gone\n", ""), steps__a=STEP
        )
        assert (code, len(message) < 200) == ("YS110", True)
