"""Which steps are told to be the same under another id, by examples and by laws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.changes.edits import EDITS
from yamlsync.changes import shortlist
from yamlsync.changes.likeness import Candidate, Rename, renames
from yamlsync.changes.shares import Bag, Profile, bag, likeness, share

PODS = "In this step you start a pod, look at its log and remove it again. Nothing else is needed for it."
VOLUMES = "A volume keeps data when containers come and go; claim one with a manifest, then mount it twice."


def step(id: str, markdown: str | None = None, **others: object) -> Candidate:
    """A candidate that says nothing but what is given. Its image is named after it."""
    fields = {"title": "", "image_tag": id, "metadata": (), "goss_spec": None, "before": "?", "after": "?"}
    return Candidate(id=id, markdown=markdown, **{**fields, **others})  # type: ignore[arg-type]


def in_order(*steps: Candidate, first: str | None = None, last: str | None = None) -> list[Candidate]:
    """The steps as neighbours of each other, between two that stayed or at the ends."""
    ids = [first, *(each.id for each in steps), last]
    return [
        evolve(each, before=before, after=after)
        for each, before, after in zip(steps, ids[:-2], ids[2:], strict=True)
    ]


def pairs(removed: Sequence[Candidate], added: Sequence[Candidate]) -> dict[str, str]:
    return {rename.old_id: rename.new_id for rename in renames(removed, added)}


def words(*numbers: int) -> str:
    return " ".join(f"w{number}" for number in numbers)


def test_a_step_with_the_same_content_is_renamed_whatever_its_image() -> None:
    assert renames([step("a", PODS, title="Pods")], [step("b", PODS, title="Pods")]) == (
        Rename("a", "b", 100),
    )


def test_other_words_in_common_than_half_make_no_rename() -> None:
    old = step("a", words(*range(100)))
    half = step("b", words(*range(50), *range(200, 250)))
    less = step("b", words(*range(49), *range(200, 251)))
    assert renames([old], [half]) == (Rename("a", "b", 50),)
    assert renames([old], [less]) == ()


def test_what_is_there_often_is_in_common_as_often_as_it_is_in_both() -> None:
    old = step("a", "again " * 30)
    assert renames([old], [step("b", "again " * 20)]) == (Rename("a", "b", 80),)
    assert renames([old], [step("b", "again " * 10 + words(*range(20)))]) == ()


def test_lines_in_common_are_enough_where_the_other_lines_were_short() -> None:
    kept = [f"kubectl apply --filename {letter}.yaml" for letter in "abcdef"]
    old = step("a", "\n".join([*kept, "Then look at it."]))
    new = step("b", "\n".join([*kept, words(*range(200))]))
    assert renames([old], [new]) == (Rename("a", "b", 85),)


def test_fences_and_brackets_in_common_are_not() -> None:
    one = "".join(f"```bash\nrun {words(n)}\n}}\n```\n\n" for n in range(10))
    two = "".join(f"```bash\nask {words(n)}\n}}\n```\n\n" for n in range(20, 30))
    assert renames([step("a", one)], [step("b", two)]) == ()


def test_a_markdown_stands_for_its_step_whatever_else_changed() -> None:
    goss = "command:\n  the pod runs:\n    exec: kubectl wait pod/first\n    exit-status: 0\n" * 5
    old = step("a", PODS, title="Pods", goss_spec=goss, metadata=[("difficulty", "easy")])
    assert pairs([old], [step("b", PODS, title="Something else")]) == {"a": "b"}


def test_without_markdown_all_other_texts_count() -> None:
    goss = "command:\n  the pod runs:\n    exec: kubectl wait pod/first\n    exit-status: 0\n"
    assert pairs([step("a", goss_spec=goss)], [step("b", goss_spec=goss, title="Pods")]) == {"a": "b"}
    hints = [("hint.1", "Look at the log of the pod"), ("hint.2", "Then try to describe the pod")]
    assert pairs([step("a", metadata=hints)], [step("b", "# Pods", metadata=hints)]) == {"a": "b"}


def test_steps_with_only_a_title_are_the_same_if_it_is() -> None:
    assert pairs([step("a", title="Welcome")], [step("b", title="Welcome")]) == {"a": "b"}
    assert pairs([step("a", title="Welcome to it")], [step("b", title="Welcome to all")]) == {}


def test_steps_that_say_nothing_are_the_same_only_if_their_image_is() -> None:
    assert pairs([step("a")], [step("b")]) == {}
    assert pairs([step("a", image_tag="shell:1")], [step("b", image_tag="shell:1")]) == {"a": "b"}


def test_a_few_words_in_common_are_not_enough() -> None:
    assert pairs([step("a", "# Start a pod\n")], [step("b", "# Start a pod\n\nNow!\n")]) == {}


def test_a_language_without_spaces_is_compared_character_by_character() -> None:
    old = step("a", "在本步骤中,您将启动一个容器,查看它的日志,然后再次删除它。")
    new = step("b", "在本步骤中,您将启动一个服务,查看它的状态,然后再次删除它。")
    assert renames([old], [new]) == (Rename("a", "b", 84),)
    assert renames([old], [step("b", "卷可以保存数据。请使用清单声明一个卷,并挂载两次。")]) == ()


def test_equal_content_wins_over_likely_content() -> None:
    old = [step("a", PODS), step("b", PODS + " Well done.")]
    new = [step("x", PODS + " Well done."), step("y", PODS)]
    assert pairs(old, new) == {"a": "y", "b": "x"}


def test_equal_images_tell_copies_apart() -> None:
    old = [step("a", PODS, image_tag="one"), step("b", PODS, image_tag="two")]
    new = [step("x", PODS, image_tag="two"), step("y", PODS, image_tag="one")]
    assert pairs(old, new) == {"a": "y", "b": "x"}


def test_copies_are_told_apart_by_the_neighbours_that_stayed() -> None:
    old = [step("a", PODS, before="1", after="2"), step("b", PODS, before="5", after="6")]
    new = [step("x", PODS, before="5", after="7"), step("y", PODS, before="0", after="2")]
    assert pairs(old, new) == {"a": "y", "b": "x"}


def test_copies_in_a_row_are_told_apart_by_their_order() -> None:
    old = in_order(*(step(id, PODS) for id in ("s1", "s2", "s3")), first="0", last="4")
    new = in_order(*(step(id, PODS) for id in ("t9", "t7", "t5")), first="0", last="5")
    assert pairs(old, new) == {"s1": "t9", "s2": "t7", "s3": "t5"}


def test_copies_that_nothing_else_tells_apart_are_paired_by_their_ids() -> None:
    old = [step("b", PODS), step("a", PODS), step("c", PODS)]
    new = [step("z", PODS), step("y", PODS)]
    assert pairs(old, new) == {"a": "y", "b": "z"}


def test_neighbours_that_are_renamed_are_the_same_neighbours() -> None:
    both = words(*range(40))
    old = in_order(step("a", both + " old"), step("b", VOLUMES), step("c", both + " old"))
    new = in_order(step("z", both + " new"), step("y", VOLUMES), step("x", both + " new"))
    assert pairs(old, new) == {"a": "z", "b": "y", "c": "x"}


def test_of_a_step_that_is_split_the_larger_part_is_the_renamed_one() -> None:
    old = step("a", words(*range(100)))
    smaller, larger = step("x", words(*range(40))), step("y", words(*range(40, 100)))
    assert renames(in_order(old), in_order(smaller, larger)) == (Rename("a", "y", 75),)


def test_of_a_step_that_is_split_in_halves_the_first_is_the_renamed_one() -> None:
    old = step("a", words(*range(100)))
    first, second = step("y", words(*range(50))), step("x", words(*range(50, 100)))
    assert renames(in_order(old), in_order(first, second)) == (Rename("a", "y", 66),)
    # Between steps that stayed as well.
    split = in_order(first, second, first="1", last="2")
    assert renames(in_order(old, first="1", last="2"), split) == (Rename("a", "y", 66),)


def test_of_steps_that_are_merged_the_larger_one_is_renamed() -> None:
    new = step("a", words(*range(100)))
    smaller, larger = step("x", words(*range(40))), step("y", words(*range(40, 100)))
    assert renames(in_order(smaller, larger), in_order(new)) == (Rename("y", "a", 75),)


def test_steps_of_a_template_are_told_apart_by_what_is_their_own() -> None:
    template = words(*range(100))
    old = [step(f"a{n}", f"{template} {words(*range(n * 1000, n * 1000 + 10))}") for n in range(1, 8)]
    # The text of all was made shorter, and three steps are new and keep it.
    shorter = words(*range(60))
    new = [step(f"b{n}", f"{shorter} {words(*range(n * 1000, n * 1000 + 10))}") for n in range(1, 8)]
    new += [step(f"c{n}", f"{template} {words(*range(n * 9000, n * 9000 + 10))}") for n in range(1, 4)]
    assert pairs(old, new) == {f"a{n}": f"b{n}" for n in range(1, 8)}


VOCABULARY = [f"{first}{second}" for first in ("po", "ser", "vo", "na", "lo") for second in "abcdefghij"]
OTHERS = [f"other{number}" for number in range(50)]


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A text of 20 words or more in lines of four to twelve words, as prose or as code."""
    lines = draw(
        st.lists(
            st.lists(st.sampled_from(VOCABULARY), min_size=4, max_size=12).map(" ".join),
            min_size=5,
            max_size=30,
        )
    )
    gaps = draw(st.lists(st.sampled_from(["\n", "\n\n", "\n    "]), min_size=len(lines), max_size=len(lines)))
    return "".join(line + gap for line, gap in zip(lines, gaps, strict=True))


@pytest.mark.parametrize("kind", EDITS)
@given(
    data=st.data(),
    text=texts(),
    random=st.randoms(use_true_random=False),
    part=st.floats(0, 0.4),
    common=st.booleans(),
)
def test_a_renamed_step_is_found_with_four_tenths_of_it_edited(
    kind: str, data: st.DataObject, text: str, random: Random, part: float, common: bool
) -> None:
    """With other changes at the same time, and other steps that came and went, of other words."""
    edited = EDITS[kind](random, text, part, VOCABULARY if common else OTHERS)
    texts_of_others = [" ".join(f"{name}{number}" for number in range(40)) for name in ("x", "y")]
    old = in_order(step("a", text, title="Start a pod"), step("gone", texts_of_others[0]), last="3")
    changed = step(
        "b",
        edited,
        title=data.draw(st.sampled_from(["Start a pod", "Run it"])),
        goss_spec=data.draw(st.none() | st.just("command:\n  a long check of many words:\n" * 20)),
    )
    came = step("new", texts_of_others[1])
    new = in_order(*random.sample([changed, came], 2), first=data.draw(st.sampled_from([None, "7"])))
    assert pairs(old, new) == {"a": "b"}
    assert pairs(new, old) == {"b": "a"}


@st.composite
def candidates(draw: st.DrawFn, prefix: str) -> list[Candidate]:
    """Steps in which little differs: many are equal, or equally alike."""
    found = []
    for number in range(draw(st.integers(0, 7))):
        text = draw(
            st.sampled_from([None, "", PODS, PODS + " One.", PODS + " Two.", VOLUMES, PODS + VOLUMES])
        )
        title = draw(st.sampled_from(["", "T"]))
        id = draw(st.sampled_from("abcdef")) + prefix + str(number)
        found.append(step(id, text, title=title, image_tag=draw(st.sampled_from("ij"))))
    random = draw(st.randoms(use_true_random=False))
    for number in range(draw(st.integers(0, 3))):
        found.insert(random.randint(0, len(found)), step(f"kept{number}"))
    return [each for each in in_order(*found) if not each.id.startswith("kept")]


@pytest.mark.parametrize("work", [shortlist.MAX_WORK, 30])
@given(old=candidates("o"), new=candidates("n"), random=st.randoms(use_true_random=False))
def test_it_is_the_same_from_both_sides_and_in_any_order(
    work: int, old: list[Candidate], new: list[Candidate], random: Random
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shortlist, "MAX_WORK", work)
        found = renames(old, new)
        mirrored = {Rename(each.new_id, each.old_id, each.percent) for each in renames(new, old)}
        shuffled = renames(random.sample(old, len(old)), random.sample(new, len(new)))
    assert mirrored == set(found)
    assert shuffled == found
    assert len({each.old_id for each in found}) == len({each.new_id for each in found}) == len(found)
    assert {each.old_id for each in found} <= {each.id for each in old}
    assert {each.new_id for each in found} <= {each.id for each in new}
    assert all(50 <= each.percent <= 100 for each in found)


def as_defined(removed: Sequence[Candidate], added: Sequence[Candidate]) -> dict[str, str]:
    """What is defined, in so many words: of all pairs that are left the best is taken, again and again."""
    old, new = {each.id: each for each in removed}, {each.id: each for each in added}
    profiles = {each.id: Profile(each.markdown or "", [each.title]) for each in [*removed, *added]}
    found: dict[str, str] = {}
    free: list[Profile] = []

    def equal(left: Candidate, right: Candidate) -> bool:
        return (left.title, left.markdown) == (right.title, right.markdown)

    def own(id: str) -> Bag:
        holders = Counter(word for profile in free for word in profile.words.times)
        words_of_all = {word for word, times in holders.items() if times > 2 and 2 * times > len(free)}
        return bag(word for word in profiles[id].words.times.elements() if word not in words_of_all)

    def worth(kind: int, left: Candidate, right: Candidate) -> tuple[int, ...] | None:
        if kind == 0:
            return () if equal(left, right) and left.image_tag == right.image_tag else None
        if kind == 1:
            return () if equal(left, right) and (left.title or left.markdown) else None
        percent = likeness(profiles[left.id], profiles[right.id])
        mine, yours = own(left.id), own(right.id)
        owned = share(mine, yours) if mine.size + yours.size else percent
        return (-owned, -percent) if percent >= 50 else None

    for kind in range(3):
        lefts = [each for each in removed if each.id not in found]
        rights = [each for each in added if each.id not in found.values()]
        free = [profiles[each.id] for each in lefts + rights if profiles[each.id].words.size >= 8]
        worths = {(left.id, right.id): worth(kind, left, right) for left in lefts for right in rights}
        while True:
            left_over = [
                (how_much, -2 * before - after, sorted(pair), pair)
                for pair, how_much in worths.items()
                if how_much is not None and pair[0] not in found and pair[1] not in found.values()
                for before in [
                    (found.get(str(old[pair[0]].before), old[pair[0]].before)) == new[pair[1]].before
                ]
                for after in [(found.get(str(old[pair[0]].after), old[pair[0]].after)) == new[pair[1]].after]
            ]
            if not left_over:
                break
            pair = min(left_over)[-1]
            found[pair[0]] = pair[1]
    return found


@given(old=candidates("o"), new=candidates("n"))
def test_it_is_what_is_defined(old: list[Candidate], new: list[Candidate]) -> None:
    assert pairs(old, new) == as_defined(old, new)


@given(old=candidates("o"), new=candidates("n"))
def test_no_two_steps_with_equal_content_are_left_over(old: list[Candidate], new: list[Candidate]) -> None:
    found = renames(old, new)

    def left(steps: list[Candidate], taken: set[str]) -> set[tuple[str, str | None]]:
        free = (each for each in steps if each.id not in taken)
        return {(each.title, each.markdown) for each in free if each.title or each.markdown}

    olds = left(old, {each.old_id for each in found})
    assert olds & left(new, {each.new_id for each in found}) == set()


def many(prefix: str, texts_of_steps: Sequence[str]) -> list[Candidate]:
    return in_order(*(step(f"{prefix}{number}", text) for number, text in enumerate(texts_of_steps)))


@pytest.mark.parametrize("own", [25, 200])
def test_among_hundreds_those_with_rare_words_in_common_are_found(own: int) -> None:
    """Too many to compare each with each: of a template with some words of their own, or with many."""
    random = Random(1)
    template = [f"t{number}" for number in range(100)]
    owns = ([f"o{number}x{each}" for each in range(own)] for number in range(300))
    olds = [" ".join(random.sample([*template, *words_of_one], 100)) for words_of_one in owns]
    news = [EDITS["words_replaced"](random, text, 0.4, template) for text in olds]
    assert len(shortlisted(olds, news)) < 300 * 2 * shortlist.LIKELY + 1
    assert pairs(many("a", olds), many("b", news)) == {f"a{number}": f"b{number}" for number in range(300)}


def shortlisted(olds: Sequence[str], news: Sequence[str]) -> set[tuple[str, str]]:
    sides = ({str(number): Profile(text, ()) for number, text in enumerate(side)} for side in (olds, news))
    return shortlist.shortlist(*sides)


def test_what_is_compared_is_the_same_from_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortlist, "MAX_WORK", 1000)
    random = Random(2)
    olds, news = (
        [words(*random.sample(range(60), random.randint(1, 30))) for _ in range(n)] for n in (40, 9)
    )
    found = shortlisted(olds, news)
    assert {(left, right) for right, left in shortlisted(news, olds)} == found
    assert 9 * shortlist.LIKELY < len(found) < 40 * 9


@pytest.mark.parametrize(
    "texts_of_steps",
    [
        ["equal words " * 20 + f"{number}" for number in range(1500)],
        [" ".join(f"w{(number * each) % 1009}" for each in range(1, 120)) for number in range(1, 600)],
        [words(*range(number % 7, 3000)) for number in range(60)],
        ["-=-=-=-=-=-=-=\n" * 100 + words(*range(12)) + f" {number}" for number in range(100)],
    ],
    ids=["one own word", "each word in many", "all words in all", "lines without words"],
)
def test_the_work_is_bounded_whatever_the_words(texts_of_steps: list[str]) -> None:
    """Of hundreds of steps only a handful each are compared, and no word is looked up for each pair."""
    profiles = {str(number): Profile(text, ()) for number, text in enumerate(texts_of_steps)}
    assert len(shortlist.shortlist(profiles, profiles)) <= 2 * len(profiles) * shortlist.LIKELY


def test_thousands_of_copies_are_paired_one_by_one() -> None:
    old, new = many("a", [PODS] * 3000), many("b", [PODS] * 3000)
    assert pairs(old, new) == {f"a{number}": f"b{number}" for number in range(3000)}
