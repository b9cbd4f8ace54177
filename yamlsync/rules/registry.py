"""The table of all rules, by code. A rule's module is loaded when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, cast

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic


class Rule(Protocol):
    """A module with a rule: its docstring is its manual, its first line what the rule finds.

    `SEVERITY` is "error", "warning" or "hint". `check` yields what it finds in one course. A module
    with `FIXABLE = True` has a rule whose findings `check --fix` mends. One whose findings say that others
    could not look has their codes, or the beginnings of them, in `STANDS_FOR`.
    """

    __doc__: str | None
    ID: str
    SEVERITY: str
    check: Callable[[Course], Iterable[Diagnostic]]


_RULES = {
    # The format, and what import refuses: YS101 to YS202. Told by the reader.
    "YS101": "format.not_utf8",
    "YS102": "format.refused_character",
    "YS103": "format.not_yaml",
    "YS104": "format.left_out_of_yaml",
    "YS105": "format.beyond_measure",
    "YS106": "format.duplicate_key",
    "YS107": "format.unknown_key",
    "YS108": "format.missing_key",
    "YS109": "format.wrong_kind",
    "YS110": "format.wrong_value",
    "YS111": "format.half_character",
    "YS112": "format.key_not_a_text",
    "YS113": "format.merge_conflict",
    "YS121": "directory.no_list",
    "YS122": "directory.listed_twice",
    "YS123": "directory.no_file",
    "YS124": "directory.not_listed",
    "YS125": "directory.another_id",
    "YS126": "directory.position",
    "YS127": "directory.navigation_none",
    "YS128": "directory.no_regular_file",
    "YS129": "directory.step_id_taken",
    "YS131": "directory.not_held",
    "YS132": "directory.another_workshop",
    "YS133": "directory.undone_edit",
    "YS201": "references.navigation",
    "YS202": "references.progress",
    # References and navigation: YS203 to YS209.
    "YS203": "references.other_workshop",
    "YS204": "conditions.missing_step",
    "YS205": "references.unreachable",
    "YS206": "references.circle",
    "YS207": "references.second_first",
    "YS208": "references.disagreement",
    "YS209": "references.against_order",
    # Redundancy and spelling: YS301 to YS309.
    "YS301": "redundancy.navigation",
    "YS302": "redundancy.position",
    "YS303": "redundancy.typed_text",
    "YS304": "redundancy.folded",
    "YS305": "redundancy.cut_off",
    "YS306": "redundancy.heading_in_comment",
    "YS307": "redundancy.nothing_behind",
    # Unlock conditions: YS401 to YS409.
    "YS401": "conditions.syntax",
    "YS402": "conditions.types",
    "YS403": "conditions.never_true",
    "YS404": "conditions.not_checked",
    # goss specs: YS501 to YS519.
    "YS501": "goss.not_yaml",
    "YS502": "goss.duplicate_key",
    "YS503": "goss.unknown_resource",
    "YS504": "goss.unknown_attribute",
    "YS505": "goss.wrong_value",
    "YS506": "goss.wrong_matcher",
    "YS507": "goss.missing_attribute",
    "YS508": "goss.old_spelling",
    "YS509": "goss.regular_expression",
    "YS510": "goss.tag",
    "YS511": "goss.expression_outside_a_list",
    "YS512": "goss.short_timeout",
    "YS513": "goss.checks_nothing",
    "YS514": "goss.template",
    # Image tags: YS601 to YS609.
    "YS601": "images.no_reference",
    "YS602": "images.digest",
    "YS603": "images.shared",
    "YS604": "images.other_name",
    "YS605": "images.no_tag",
    "YS606": "images.hash_tag",
    # Sizes: YS701 to YS709. Texts: YS711 to YS729. Metadata and facts: YS731 to YS749.
    "YS701": "sizes.long_markdown",
    "YS702": "sizes.long_goss_spec",
    "YS703": "sizes.much_metadata",
    "YS704": "sizes.large_database",
    "YS705": "sizes.config_map",
    "YS711": "texts.invisible_characters",
    "YS712": "texts.reordering_characters",
    "YS713": "texts.odd_spaces",
    "YS714": "texts.control_characters",
    "YS715": "texts.conflict_marks",
    "YS716": "texts.open_fence",
    "YS717": "texts.lost_link",
    "YS718": "texts.blank",
    "YS719": "texts.outer_blanks",
    "YS720": "texts.fence_action",
    "YS731": "metadata.wrong_form",
    "YS732": "metadata.gap",
    "YS733": "metadata.odd_number",
    "YS734": "metadata.near_miss",
    "YS735": "metadata.created_at",
    # Databases: YS801 to YS811. Told by the reader.
    "YS801": "database.no_place",
    "YS802": "database.structure",
    "YS804": "database.damaged",
    "YS805": "database.no_row",
    "YS806": "database.wrong_type",
    "YS807": "database.broken_text",
    "YS808": "database.not_stored_again",
    "YS809": "database.no_workshop",
    "YS810": "database.long_key",
    "YS811": "database.newer",
    # What a database says it is, and who signed it: YS812 to YS829. Told by verifying.
    "YS812": "verification.other_spelling",
    "YS813": "verification.artifact",
    "YS814": "verification.other_content",
    "YS815": "verification.difference",
    "YS816": "verification.sums",
    "YS821": "verification.not_signed",
    "YS822": "verification.no_signature",
    "YS823": "verification.wrong_namespace",
    "YS824": "verification.unknown_signer",
    "YS825": "verification.expired",
    "YS826": "verification.replaced_statement",
    "YS827": "verification.other_identity",
    "YS828": "verification.not_for_namespace",
    "YS829": "verification.refused",
    # Comments to yamlsync: YS901 to YS909. Told by the check itself.
    "YS901": "comments.nothing_silenced",
    "YS902": "comments.no_rule",
}
"""Code → module below `yamlsync.rules`, in the order of codes."""

TOLD = ("YS1", "YS201", "YS202", "YS8", "YS9")
"""How the codes begin that the reader and the check tell themselves: their modules are manuals alone."""


def codes() -> tuple[str, ...]:
    """The codes of all rules, in order."""
    return tuple(_RULES)


def rule(code: str) -> Rule:
    """The rule with a code. Raises KeyError where there is none."""
    return cast(Rule, importlib.import_module(f"yamlsync.rules.{_RULES[code]}"))


def rules(selected: Callable[[str], bool]) -> Iterator[Rule]:
    """The rules whose codes are selected and that look into a course."""
    return (rule(code) for code in _RULES if selected(code) and not code.startswith(TOLD))
