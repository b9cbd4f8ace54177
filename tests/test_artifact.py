"""What a database says of itself, as rows and as a record (ART-1 to ART-5)."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from tests.acceptance.command import course
from yamlsync.artifact import Artifact, artifact_of, artifact_rows, built_from, with_signature
from yamlsync.digest import digests_of
from yamlsync.records import Contents

NAMED = ("format", "content_digest", "source_commit", "statement", "signature")

ODD_KEYS = st.sampled_from(["", ":", "Format", "format ", "step", "workshop", "steps:a", "note:x", "Step:a"])
PART = st.tuples(st.sampled_from(["workshop", "step"]), strategies.ids())


def artifacts() -> st.SearchStrategy[Artifact]:
    """Records without unknown keys: they are known from rows alone."""
    text = st.none() | strategies.texts(3)
    return st.builds(
        Artifact, text, text, text, text, text, origin=st.dictionaries(PART, strategies.texts(2), max_size=4)
    )


def rows() -> st.SearchStrategy[dict[str, str]]:
    """Rows of every kind, those of nobody too."""
    parts = PART.map(":".join)
    keys = st.sampled_from(NAMED) | parts | ODD_KEYS | strategies.texts(2)
    return st.dictionaries(keys, strategies.texts(3), max_size=8)


def is_known(key: str) -> bool:
    return key in NAMED or key.startswith(("workshop:", "step:"))


@given(artifacts())
def test_a_record_comes_back_from_its_rows(artifact: Artifact) -> None:
    assert artifact_of(artifact_rows(artifact)) == artifact


@given(rows())
def test_rows_come_back_from_their_record_and_unknown_keys_are_named(found: dict[str, str]) -> None:
    """ART-1, ART-5."""
    artifact = artifact_of(found.items())
    assert dict(artifact_rows(artifact)) == {key: value for key, value in found.items() if is_known(key)}
    assert artifact.unknown == tuple(sorted(key for key in found if not is_known(key)))


@given(rows(), st.randoms(use_true_random=False))
def test_the_order_of_rows_says_nothing(found: dict[str, str], chance: random.Random) -> None:
    shuffled = list(found.items())
    chance.shuffle(shuffled)
    assert artifact_of(shuffled) == artifact_of(found.items())


@given(artifacts())
def test_rows_are_written_by_name_and_then_the_origin_by_key(artifact: Artifact) -> None:
    """ART-4."""
    keys = [key for key, _ in artifact_rows(artifact)]
    named = [key for key in keys if key in NAMED]
    assert named == [key for key in NAMED if key in named]
    assert keys == named + sorted(key for key in keys if key not in NAMED)


@given(rows(), st.none() | strategies.texts(3), st.none() | strategies.texts(3))
def test_another_signature_leaves_all_other_rows_as_they_are(
    found: dict[str, str], statement: str | None, signature: str | None
) -> None:
    """ART-5."""
    changed = with_signature(found.items(), statement, signature)
    expected = {key: value for key, value in found.items() if key not in ("statement", "signature")}
    if statement is not None:
        expected["statement"] = statement
    if signature is not None:
        expected["signature"] = signature
    assert len(changed) == len(expected)
    assert dict(changed) == expected


@given(rows(), strategies.texts(3), strategies.texts(3))
def test_signing_twice_is_signing_once_and_taking_it_back_is_never_having_signed(
    found: dict[str, str], statement: str, signature: str
) -> None:
    signed = with_signature(found.items(), statement, signature)
    assert with_signature(signed, statement, signature) == signed
    assert with_signature(signed, None, None) == with_signature(found.items(), None, None)


@given(artifacts(), strategies.texts(3), strategies.texts(3))
def test_signed_rows_stand_in_the_order_in_which_a_record_is_written(
    artifact: Artifact, statement: str, signature: str
) -> None:
    """ART-4: so that a signed database is the same bytes whichever way it was written."""
    signed = with_signature(artifact_rows(artifact), statement, signature)
    assert signed == artifact_rows(artifact_of(signed))


@given(strategies.contents())
def test_a_built_database_says_its_digest_and_all_its_parts_and_no_signature(contents: Contents) -> None:
    """ART-2, ART-4."""
    digests = digests_of(contents)
    artifact = built_from(digests, "yamlsync/1", "0" * 40)
    assert artifact == Artifact(digests.content, "yamlsync/1", "0" * 40, None, None, digests.parts, ())
    assert artifact_of(artifact_rows(artifact)) == artifact


def test_the_rows_of_a_small_course() -> None:
    digests = digests_of(course(2))
    assert artifact_rows(built_from(digests, "yamlsync/1")) == [
        ("format", "yamlsync/1"),
        ("content_digest", digests.content),
        ("step:step-1", digests.workshops[0].steps["step-1"]),
        ("step:step-2", digests.workshops[0].steps["step-2"]),
        ("workshop:course", digests.workshops[0].facts),
    ]


def test_an_id_may_have_a_colon_and_be_empty() -> None:
    assert artifact_of([("step:a:b", "x"), ("workshop:", "y"), ("step::", "z")]) == Artifact(
        None, origin={("step", "a:b"): "x", ("workshop", ""): "y", ("step", ":"): "z"}
    )
