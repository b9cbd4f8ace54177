"""Laws of reshaping, on trees of every ugliness (AUT-20 to AUT-39)."""

from __future__ import annotations

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.reshaping.trees import all_comments, files, found, new_ids, reshaped, step_ids, trees
from yamlsync.layout.files import is_state
from yamlsync.records import Step
from yamlsync.reshaping.add import NewStep, add
from yamlsync.reshaping.conditions import renamed
from yamlsync.reshaping.move import move
from yamlsync.reshaping.order import order
from yamlsync.reshaping.place import Side, Spot
from yamlsync.reshaping.remove import remove
from yamlsync.rules.conditions.steps_named import NamedStep, steps_named
from yamlsync.tree import Tree


def spots(beside: list[str]) -> st.SearchStrategy[Spot]:
    ends = st.sampled_from([Spot(Side.FIRST), Spot(Side.LAST)])
    if not beside:
        return ends
    return ends | st.builds(Spot, st.sampled_from([Side.BEFORE, Side.AFTER]), st.sampled_from(beside))


def bare_content(step: Step) -> Step:
    """What a step says of itself, wherever it stands."""
    condition = step.navigation.unlock_condition if step.navigation else None
    return evolve(step, position=0, navigation=None, goss_spec=f"{step.goss_spec!r} {condition!r}")


def contents_of(tree: Tree) -> dict[str, Step]:
    return {each.step.id: bare_content(each.step) for each in found(tree).steps()}


def without_blank_lines(data: bytes) -> list[bytes]:
    return [line for line in data.split(b"\n") if line]


@given(trees(), new_ids, st.data())
def test_a_step_renamed_there_and_back_is_the_same_tree(tree: Tree, new: str, data: st.DataObject) -> None:
    known = step_ids(tree)
    assume(known and new not in known)
    old = data.draw(st.sampled_from(known))
    there = move(found(tree), old, new)
    after = reshaped(tree, there)
    assert new in step_ids(after)
    assert old not in step_ids(after)
    back = move(found(after), new, old)
    again = reshaped(after, back)
    if not any(remark.startswith("positions are") for remark in (*there.remarks, *back.remarks)):
        assert back.meant == found(tree).contents
        if "\n" in new:
            return  # A text of several lines can have no comment behind it: that stands above now.
        before, restored = files(tree), files(again)
        assert before.keys() == restored.keys()
        for path in before:
            if is_state(path):
                # Items are sorted by id, so that one may have been first, where no blank line stands above.
                assert without_blank_lines(restored[path]) == without_blank_lines(before[path])
            else:
                assert restored[path] == before[path]


@given(trees(), new_ids, st.data())
def test_renaming_keeps_every_comment_and_the_list(tree: Tree, new: str, data: st.DataObject) -> None:
    known = step_ids(tree)
    assume(known and new not in known)
    old = data.draw(st.sampled_from(known))
    after = reshaped(tree, move(found(tree), old, new))
    assert all_comments(after) == all_comments(tree)
    assert step_ids(after) == [new if id == old else id for id in known]


@given(trees(), new_ids, st.data())
def test_a_step_added_and_removed_leaves_the_same_records(tree: Tree, new: str, data: st.DataObject) -> None:
    before = found(tree)
    assume(new not in step_ids(tree))
    workshop = data.draw(st.sampled_from(before.workshops))
    spot = data.draw(spots(list(workshop.header.step_ids)))
    assume(not any(new == named.id for each in before.steps() for named in _named(each.step)))
    added = add(before, NewStep(new, spot, workshop_id=workshop.header.id))
    after = reshaped(tree, added)
    removed = remove(found(after), new)
    again = reshaped(after, removed)
    assert contents_of(again) == contents_of(tree)
    firsts = [{each.header.first_position for each in found(side).workshops} for side in (tree, after)]
    if (
        len(added.puts) == 2 and firsts[0] == firsts[1]
    ):  # Else a position had to be written anew to make room.
        assert removed.meant == before.contents
    assert all_comments(again) == all_comments(tree)


def _named(step: Step) -> list[NamedStep]:
    condition = step.navigation.unlock_condition if step.navigation else None
    return list(steps_named(condition or ""))


@given(trees(), st.data())
def test_order_is_a_permutation_that_changes_no_content(tree: Tree, data: st.DataObject) -> None:
    before = found(tree)
    workshop = data.draw(st.sampled_from(before.workshops))
    known = list(workshop.header.step_ids)
    assume(known)
    moved = data.draw(st.lists(st.sampled_from(known), min_size=1, unique=True))
    spot = data.draw(spots([id for id in known if id not in moved]))
    plan = order(before, moved, spot)
    after = reshaped(tree, plan)
    ids = next(row.header.step_ids for row in found(after).workshops if row.header.id == workshop.header.id)
    assert sorted(ids) == sorted(known)
    rest = [id for id in ids if id not in moved]
    assert rest == [id for id in known if id not in moved]
    start = ids.index(moved[0])
    assert list(ids[start : start + len(moved)]) == moved
    match spot.side:
        case Side.FIRST:
            assert start == 0
        case Side.LAST:
            assert start + len(moved) == len(ids)
        case Side.BEFORE:
            assert ids[start + len(moved)] == spot.beside
        case Side.AFTER:
            assert ids[start - 1] == spot.beside
    assert contents_of(after) == contents_of(tree)
    assert all_comments(after) == all_comments(tree)
    assert plan.changed == (ids != tuple(known))


@given(trees(), st.data())
def test_after_a_removal_nothing_names_the_step_and_the_rest_says_what_it_said(
    tree: Tree, data: st.DataObject
) -> None:
    before = found(tree)
    known = step_ids(tree)
    assume(known)
    gone = data.draw(st.sampled_from(known))
    plan = remove(before, gone)
    if plan.problems:
        assert plan.puts == {}
        assert all(gone in problem.message or not gone.isprintable() for problem in plan.problems)
        return
    after = reshaped(tree, plan)
    assert step_ids(after) == [id for id in known if id != gone]
    assert contents_of(after) == {id: step for id, step in contents_of(tree).items() if id != gone}
    links = before.step(gone).step.navigation
    for each in found(after).steps():
        now, was = each.step.navigation, before.step(each.step.id).step.navigation
        assert (now is None) == (was is None)
        if now is None or was is None:
            continue
        for key in ("next_step_id", "prev_step_id"):
            if getattr(was, key) != gone:
                assert getattr(now, key) == getattr(was, key)
            elif links is not None and getattr(links, key) != gone:
                assert getattr(now, key) == getattr(links, key)
            else:
                assert getattr(now, key) != gone


@given(trees(), st.data())
def test_adding_changes_no_link_that_a_file_says(tree: Tree, data: st.DataObject) -> None:
    before = found(tree)
    workshop = data.draw(st.sampled_from(before.workshops))
    spot = data.draw(spots(list(workshop.header.step_ids)))
    new = "a-new-one"
    plan = add(before, NewStep(new, spot, workshop.header.id, "Title", "image:tag"))
    after = found(reshaped(tree, plan))
    owner = after.owner(new)
    ids = owner.header.step_ids
    index = ids.index(new)
    assert index == spot.index(workshop.header.step_ids)
    for each in before.steps():
        now, was = after.step(each.step.id).step.navigation, each.step.navigation
        if now is None or was is None:
            assert now is was
            continue
        said = each.block.values().get("navigation")
        links = said.values() if hasattr(said, "values") else {}  # type: ignore[union-attr]
        follows = owner.header.id == workshop.header.id
        if follows and index and ids[index - 1] == each.step.id and "next" not in links:
            assert now.next_step_id == new
        else:
            assert now.next_step_id == was.next_step_id
        if follows and index + 1 < len(ids) and ids[index + 1] == each.step.id and "prev" not in links:
            assert now.prev_step_id == new
        else:
            assert now.prev_step_id == was.prev_step_id
        assert now.unlock_condition == was.unlock_condition


_RAW_INSIDE = st.text("ab\\'\"/ []", max_size=4)
_INSIDE = st.lists(
    st.sampled_from(["a", "b", r"\\", r"\'", r"\"", r"\n", r"\x41", r"\u00e4", "é"]), max_size=3
)
_LITERALS = st.sampled_from(['"', "'", '"""', "'''"]).flatmap(
    lambda quote: st.one_of(
        _INSIDE.map(lambda parts: quote + "".join(parts) + quote),
        _RAW_INSIDE.map(lambda text: "r" + quote + text.replace(quote[0], "") + quote),
    )
)
_PIECES = st.one_of(
    _LITERALS.map(lambda literal: f"steps[{literal}].completed"),
    _LITERALS.map(lambda literal: f"x == {literal}"),
    st.sampled_from(["// steps['a']\n", "true", "b.steps['a']", "steps[a]", "("]),
)


@given(new_ids, st.lists(_PIECES, min_size=1, max_size=5).map(" && ".join), st.data())
def test_a_condition_renamed_names_the_new_step_where_it_named_the_old(
    new: str, condition: str, data: st.DataObject
) -> None:
    names = [named.id for named in steps_named(condition)]
    old = data.draw(st.sampled_from(names or ["absent"]))
    after = renamed(condition, old, new)
    assert [named.id for named in steps_named(after)] == [new if name == old else name for name in names]
    assert len(after.split("&&")) == len(condition.split("&&"))
