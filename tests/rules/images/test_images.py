"""Image tags: what is a reference, what is none and where, and how those of a workshop go together (IMG)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.examples import tree_of
from yamlsync.check import check
from yamlsync.problems import Place, Problem
from yamlsync.rules.images.reference import parse
from yamlsync.rules.images.tags import names
from yamlsync.rules.selection import Selection
from yamlsync.tree import in_memory


def found(*tags: str, code: str = "YS6") -> list[Problem]:
    """The findings about image tags in a course whose steps have these."""
    ids = ("one", "two", "three")
    text = "".join(f"# steps/{id}.yaml\nimage_tag: '{tag}'\n" for id, tag in zip(ids, tags, strict=False))
    return list(check(in_memory(tree_of(text)), Selection(select=(code,))).problems)


@pytest.mark.parametrize(
    "tag",
    [
        "app",
        "app:v1",
        "myorg/kubernetes-101:step-1-intro",
        "ghcr.io/my-org/a__b/c.d/e--f:V1.2_x",
        "localhost/app:1",
        "localhost:5000/app:1",
        "Registry.Example.com:5000/app:1",
        "[2001:db8::1]:5000/app:1",
        "localhost:5000",
        f"a:{'x' * 128}",
        f"{'a' * 255}:x",
    ],
)
def test_a_reference_is_no_fault(tag: str) -> None:
    assert parse(tag).fault is None


@pytest.mark.parametrize(
    ("tag", "meant", "said"),
    [
        ("", "", "empty"),
        ("  ", "  ", "empty"),
        ("org/app:x ", " ", "white space"),
        ("\tapp", "\t", "white space"),
        ("https://ghcr.io/org/app:x", "https://", "without"),
        ("MyOrg/app:x", "MyOrg", "registry"),
        ("ghcr.io/MyOrg/app:x", "M", "capitals"),
        ("org/APP:x", "APP", "capitals"),
        ("my_registry.io/app:x", "_", "registry"),
        ("registry..io/app:x", "registry..io", "registry"),
        ("localhost:port/app:x", "localhost:port", "registry"),
        ("org/ap p:x", " ", "cannot stand"),
        ("org/${NAME}:x", "${NAME}", "cannot stand"),
        ("org/-app:x", "-", "cannot stand"),
        ("org/app_:x", "_", "cannot stand"),
        ("org/a..b:x", "..", "cannot stand"),
        ("org/a-.b:x", "-.", "cannot stand"),
        ("org//app:x", "/", "empty part"),
        ("org/app/", "/", "empty part"),
        ("/app:x", "/", "empty part"),
        (":x", ":x", "no repository"),
        ("ghcr.io/:x", "ghcr.io/:x", "no repository"),
        ("app:", ":", "colon"),
        ("app:-x", "-", "start"),
        ("app:x y", " ", "cannot stand"),
        ("app:x:y", ":", "cannot stand"),
        ("app:é", "é", "cannot stand"),
        (f"app:{'x' * 130}", "xx", "128"),
        (f"{'a' * 257}:x", "aa", "255"),
        ("0123456789abcdef" * 4, "0123456789abcdef" * 4, "id of an image"),
        ("user@host/app:x", "@", "cannot stand"),
    ],
)
def test_a_fault_has_its_characters(tag: str, meant: str, said: str) -> None:
    fault = parse(tag).fault
    assert fault is not None
    assert meant == tag[fault.start : fault.end]
    assert said in fault.message
    assert fault.help


def test_help_has_the_repository_in_lowercase() -> None:
    fault = parse("ghcr.io/MyOrg/Course:Intro").fault
    assert fault is not None
    assert fault.help == 'write the repository in lowercase: "ghcr.io/myorg/course:Intro"'


@given(st.text(max_size=40) | st.text("aA:/@.-_1 [", max_size=20))
def test_any_text_is_judged_and_a_fault_lies_within_it(tag: str) -> None:
    fault = parse(tag).fault
    assert fault is None or 0 <= fault.start <= fault.end <= len(tag)
    assert fault is not None or tag.strip() == tag != ""


def test_the_place_is_that_of_the_wrong_characters_in_the_file() -> None:
    [problem] = found("org/course:one", "org/Course:two", code="YS601")
    assert problem.place == Place("steps/two.yaml", 3, 17, 3, 18)
    assert problem.severity == "error"


def test_a_digest_is_told_once_and_with_the_tag_to_write() -> None:
    digest = f"@sha256:{'0' * 64}"
    [problem] = found(f"org/course:one{digest}")
    assert (problem.code, problem.help) == ("YS602", 'write the tag alone: "org/course:one"')
    assert problem.place == Place("steps/one.yaml", 3, 27, 3, 27 + len(digest))
    [problem] = found("org/course@sha256:abc")
    assert (problem.code, problem.help) == ("YS602", 'write the tag alone: "org/course:one"')


def test_an_image_that_several_steps_have_is_told_at_the_second() -> None:
    [problem] = found("org/course:a", "org/course:a", "org/course:a")
    assert (problem.code, problem.place.path) == ("YS603", "steps/two.yaml")
    assert problem.message == 'this is the image of step "one" too, and of 1 more'


def test_a_tag_that_is_missing_everywhere_is_no_shared_image() -> None:
    assert [problem.code for problem in found("org/course", "org/course", "org/course")] == ["YS605"] * 3


@pytest.mark.parametrize(
    "tags",
    [
        ("org/c:v1", "org/d:v1", "org/e:v1"),  # A convention of its own.
        ("org/c:one", "org/c:b", "org/c:c"),  # One is no convention.
        ("org/c:one", "org/c:two", "org/c:03-three"),
        ("org/c:one", "org/c:two", "org/c:Three_v2"),
        ("org/c:one", "org/c:two", "org/three"),  # YS605 speaks.
    ],
)
def test_a_tag_goes_with_its_step_or_there_is_no_convention(tags: tuple[str, str, str]) -> None:
    assert [problem.code for problem in found(*tags)] in ([], ["YS605"])


def test_a_tag_that_is_another_steps_id_is_told_with_the_right_one() -> None:
    [problem] = found("org/c:one", "org/c:two", "org/d:two")
    assert problem.code == "YS604"
    assert problem.message == 'the tag is the id of step "two", where the tags of 2 steps are their own ids'
    assert problem.help == 'write "org/d:three", if that is the image\'s tag'
    assert problem.place == Place("steps/three.yaml", 3, 19, 3, 22)


def test_names_compares_whole_words() -> None:
    assert names("v2-intro", "intro")
    assert names("intro", "01-intro")
    assert not names("introduction", "intro")


@pytest.mark.parametrize("tail", ["3f9a2c1b7d5e", "sha-3f9a2c1", "sha256-0123abc", "a" * 39 + "1"])
def test_a_hash_at_the_end_of_a_tag_is_a_hint(tail: str) -> None:
    [problem] = found(f"org/c:one-{tail}")
    assert (problem.code, problem.severity) == ("YS606", "hint")
    assert problem.place == Place("steps/one.yaml", 3, 23, 3, 23 + len(tail))


@pytest.mark.parametrize("tail", ["20260115", "202601150930", "deadbeef", "v1.2.3", "facade", "3f9a2c1"])
def test_a_date_a_version_or_a_word_is_no_hash(tail: str) -> None:
    assert found(f"org/c:one-{tail}") == []


LONG = "x" * 5_000


@pytest.mark.parametrize(
    "tag",
    [
        f"A{LONG}",
        f"Org/{LONG}",
        f"O{LONG}/app:x",
        f"org/{LONG}A",
        f"https://org/{LONG}",
        f" org/{LONG}:x",
        f"o_{LONG}.io/app",
        f"org/..{LONG}",
        f"org/a{'.' * 5_000}b",
        f"org/app:{'-' * 5_000}",
        f"org/app:{'ä' * 5_000}",
        f"org/app@sha256:{LONG}",
        f"org/{'a' * 240}",
    ],
)
def test_a_message_quotes_no_more_than_the_beginning_of_a_long_value(tag: str) -> None:
    problems = found("org/app:one", tag, "org/app:three")
    assert problems
    assert all(len(problem.message) < 250 and len(problem.help or "") < 250 for problem in problems)
