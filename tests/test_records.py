"""The order of records (REC-4, REC-5)."""

from __future__ import annotations

import pytest
from attrs.exceptions import FrozenInstanceError

from yamlsync.records import CustomState, Metadata, metadata_order


@pytest.mark.parametrize(
    "keys",
    [
        ["difficulty", "hint.1", "hint.2", "hint.10", "solve"],
        ["", "0", "1", "1a", "2", "10", "a"],
        ["hint.01", "hint.1", "hint.01a"],
        ["hint.", "hint.0", "hint.00"],
        ["Z", "a", "é"],
        ["1", "9" * 5000, "1" + "0" * 5000],
    ],
)
def test_runs_of_digits_compare_as_numbers_and_ties_by_code_points(keys: list[str]) -> None:
    order = {key: index for index, key in enumerate(keys)}
    assert [order[key] for key in sorted(set(keys), key=metadata_order)] == list(range(len(keys)))


def test_records_are_frozen_and_have_no_room_for_more() -> None:
    row = CustomState("w", "k", "v")
    with pytest.raises(FrozenInstanceError):
        row.value = "x"  # type: ignore[misc]
    assert not hasattr(Metadata("a", "b"), "__dict__")
