"""Planning what must change in a directory: fewest files, comments kept (LAY-70 and on)."""

from __future__ import annotations

from textwrap import dedent

from attrs import evolve

from yamlsync.layout.read import read_tree
from yamlsync.layout.update import Update, plan_update
from yamlsync.records import Contents, Metadata, Navigation, Step, Workshop
from yamlsync.tree import in_memory


def linear(*names: str, first: int = 1) -> Contents:
    steps = tuple(
        Step(
            name,
            name.title(),
            f"img:{name}",
            first + index,
            Navigation(
                names[index + 1] if index + 1 < len(names) else None,
                names[index - 1] if index else None,
            ),
        )
        for index, name in enumerate(names)
    )
    return Contents((Workshop("w", "Name", "v1", "2026-01-15", steps),))


def plan(old: dict[str, str], contents: Contents) -> Update:
    return plan_update(
        in_memory({path: text.encode() for path, text in old.items()}), contents, with_state=False
    )


def fresh(contents: Contents) -> dict[str, str]:
    return {path: data.decode() for path, data in plan({}, contents).puts.items()}


def test_an_inserted_step_is_one_new_line_and_one_new_file() -> None:
    old, new = fresh(linear("a", "b", "c")), linear("a", "x", "b", "c")
    update = plan(old, new)
    assert sorted(update.puts) == ["steps/x.yaml", "workshop.yaml"]
    assert update.deletes == frozenset()
    assert update.puts["workshop.yaml"].decode() == old["workshop.yaml"].replace("  - a\n", "  - a\n  - x\n")


def test_a_redundant_entry_leaves_its_file_alone_until_it_is_wrong() -> None:
    old = fresh(linear("a", "b", "c"))
    old["steps/a.yaml"] += "navigation:\n  next: b\n"
    assert plan(old, linear("a", "b", "c")).puts == {}
    update = plan(old, linear("a", "x", "b", "c"))
    assert sorted(update.puts) == ["steps/a.yaml", "steps/x.yaml", "workshop.yaml"]
    assert b"navigation" not in update.puts["steps/a.yaml"]


def test_an_explicit_entry_that_becomes_necessary_is_left_as_it_is() -> None:
    old = fresh(linear("a", "b", "c"))
    old["steps/a.yaml"] += "navigation:\n  next: b # on purpose\n"
    contents = linear("a", "x", "b", "c")
    steps = contents.workshops[0].steps
    first = evolve(steps[0], navigation=Navigation("b", None))
    new = Contents((evolve(contents.workshops[0], steps=(first, *steps[1:])),))
    assert sorted(plan(old, new).puts) == ["steps/x.yaml", "workshop.yaml"]


def test_other_spellings_and_comments_are_no_reason_to_write() -> None:
    old = fresh(linear("a"))
    old["steps/a.yaml"] = "# mine\nimage_tag: 'img:a'\n\n\ntitle: \"A\"\nid: a\n"
    assert plan(old, linear("a")).puts == {}


def test_a_changed_file_keeps_the_comments_of_keys_that_stay_and_go() -> None:
    old = fresh(linear("a"))
    old["steps/a.yaml"] = dedent(
        """\
        # the first step
        id: a
        title: A # short
        image_tag: img:a
        # hints help
        metadata:
          # the gentle one
          hint.1: look
          # the other
          hint.2: again
        # why markdown
        markdown: text
        # the end
        """
    )
    contents = linear("a")
    step = evolve(contents.workshops[0].steps[0], title="B", metadata=(Metadata("hint.2", "again"),))
    new = Contents((evolve(contents.workshops[0], steps=(step,)),))
    assert plan(old, new).puts["steps/a.yaml"].decode() == dedent(
        """\
        # the first step
        id: a
        title: B # short
        image_tag: img:a
        # hints help
        metadata:
          # the gentle one
          # the other
          hint.2: again
        # why markdown
        # the end
        """
    )


def test_files_of_steps_that_went_are_deleted_and_their_comments_named() -> None:
    old = fresh(linear("a", "b", "c"))
    old["steps/b.yaml"] = "# mine\n" + old["steps/b.yaml"]
    old["steps/notes.txt"] = "foreign"
    tree = {path: text for path, text in old.items() if path.endswith(".yaml")}
    update = plan(tree, linear("a"))
    assert update.deletes == {"steps/b.yaml", "steps/c.yaml"}
    assert update.commented == {"steps/b.yaml"}


def test_from_one_workshop_to_several_and_back() -> None:
    one = linear("a")
    two = Contents((*one.workshops, Workshop("x", "Other", "v1", 1)))
    update = plan(fresh(one), two)
    assert update.deletes == {"workshop.yaml", "steps/a.yaml"}
    assert sorted(update.puts) == [
        "workshops.yaml",
        "workshops/w/steps/a.yaml",
        "workshops/w/workshop.yaml",
        "workshops/x/workshop.yaml",
    ]
    back = plan(fresh(two), one)
    assert sorted(back.deletes) == sorted(fresh(two))


def test_a_file_that_cannot_be_read_is_written_anew_and_named() -> None:
    old = fresh(linear("a"))
    old["steps/a.yaml"] = "id: [\n"
    update = plan(old, linear("a"))
    assert set(update.puts) == {"steps/a.yaml"}
    assert update.unreadable == {"steps/a.yaml"}


def test_many_broken_references_are_reported_in_no_time() -> None:
    files = fresh(linear(*(f"step-{number}" for number in range(2000))))
    for path in list(files):
        if path.startswith("steps/"):
            files[path] += "navigation:\n  next: nowhere\n"
    found = read_tree(in_memory({path: text.encode() for path, text in files.items()}), with_state=False)
    assert [problem.code for problem in found.problems] == ["YS201"] * 2000


def test_a_list_of_another_format_is_written_anew() -> None:
    two = Contents((*linear("a").workshops, Workshop("x", "Other", "v1", 1)))
    old = fresh(two)
    old["workshops.yaml"] = old["workshops.yaml"].replace("yamlsync/1", "yamlsync/9")
    assert set(plan(old, two).puts) == {"workshops.yaml"}
