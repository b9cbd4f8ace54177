"""An editor and check refuse the same files, but for the differences that the standard lists (EDT-20)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from tests.conftest import ROOT
from tests.editors.conftest import PAGE
from tests.editors.differences import DIFFERENCES, OWN, REFUSED_BY_THE_EDITOR
from tests.editors.language_server import LanguageServer
from tests.editors.test_diagnostics import HEAD, WORKSHOP
from yamlsync.check import check
from yamlsync.layout.files import shape_of
from yamlsync.layout.read import read_tree
from yamlsync.problems import Place, Problem
from yamlsync.publish.directory import directory_tree
from yamlsync.rules.selection import Selection
from yamlsync.tree import Tree, in_memory

VECTORS = ROOT / "spec" / "vectors"
MEANING = "the meaning of a text"


@frozen
class Document:
    """A file as an editor opens it, and what check has to say of it in its tree."""

    name: str
    text: str
    refused: bool
    """Whether check finds an error in it."""
    readable: bool
    """Whether the reader takes it: if it does, only a rule about the meaning of texts can refuse it."""
    warned: frozenset[str]
    """The codes of check's warnings."""


def documents_in(tree: Tree, name: str) -> Iterator[Document]:
    """The files of ours in a tree."""
    problems = check(tree, Selection()).problems
    refused = {path for path, _ in _found(problems, "error")}
    unreadable = {path for path, _ in _found(read_tree(tree, with_state=True).problems, "error")}
    warned = _found(problems, "warning")
    for path in sorted(tree.paths):
        if shape_of(path) is not None:
            # As editors do: a byte order mark is none of the text, and what is no UTF-8 is shown as U+FFFD.
            text = tree.read(path).decode("utf-8-sig", errors="replace")
            codes = frozenset(code for where, code in warned if where == path)
            yield Document(f"{name}/{path}", text, path in refused, path not in unreadable, codes)


def _found(problems: tuple[Problem, ...], severity: str) -> set[tuple[str, str]]:
    """The paths and codes of all problems of one severity."""
    return {
        (each.place.path, each.code)
        for each in problems
        if isinstance(each.place, Place) and each.severity == severity
    }


def own_documents() -> Iterator[Document]:
    """Those beside the vectors, each in a workshop of one step, `a`."""
    for name, text in OWN.items():
        folder, _, path = name.partition("/")
        files = {"workshop.yaml": WORKSHOP, "steps/a.yaml": HEAD} | {path: text}
        tree = in_memory({each: data.encode() for each, data in files.items()})
        yield from (document for document in documents_in(tree, folder) if document.name == name)


def documents() -> list[Document]:
    """All documents that the two are held against each other on."""
    found = list(own_documents())
    for kind in ("invalid", "readable"):
        for vector in sorted((VECTORS / kind).iterdir()):
            found += documents_in(directory_tree(str(vector / "tree")), vector.name)
    return found


def test_the_editor_and_check_differ_on_the_listed_documents_and_on_no_other(server: LanguageServer) -> None:
    everything = documents()
    told = server.diagnostics({document.name: document.text for document in everything})
    assert len(told) == len(everything)
    found = {
        document.name: difference(document, refused_by_the_editor=bool(told[document.name]))
        for document in everything
    }
    listed = {name: what for what, names in DIFFERENCES.items() for name in names}
    # Whatever rules about the meaning of texts find in a vector, it is the same difference.
    unlisted = {name for name, what in found.items() if what == MEANING and name not in listed}
    assert {name: what for name, what in found.items() if what and name not in unlisted} == listed


def difference(document: Document, *, refused_by_the_editor: bool) -> str | None:
    """The name of the difference that a document shows; None where the two agree."""
    if refused_by_the_editor is document.refused:
        return None
    if document.readable and document.refused:
        return MEANING
    for what, names in DIFFERENCES.items():
        if document.name in names and refused_by_the_editor is (what in REFUSED_BY_THE_EDITOR):
            return what
    return "not listed: add it to tests/editors/differences.py, and a new kind to spec/editors.md"


def test_the_standard_lists_these_differences() -> None:
    page = PAGE.read_text(encoding="utf-8")
    table = dict(re.findall(r"^\| ([a-zA-Z ]+) \| (check|editor) \|", page, re.MULTILINE))
    assert table.keys() == DIFFERENCES.keys()
    assert {name for name, who in table.items() if who == "editor"} == REFUSED_BY_THE_EDITOR
    assert all(DIFFERENCES.values())


def test_check_warns_of_the_words_that_an_editor_refuses() -> None:
    words = [document for document in own_documents() if document.name in DIFFERENCES["typed words"]]
    assert words
    # A word that is wrong in itself is told as that alone.
    told = {"YS303", "YS731", "YS735"}
    assert [document.name for document in words if not told & set(document.warned)] == []
