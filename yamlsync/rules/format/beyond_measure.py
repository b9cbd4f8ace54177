"""Something is larger than a file may have it.

A file has at most 16 MiB, 32 levels and 500,000 values (keys, texts, lists and mappings are
counted); a key in `metadata` has at most 1,000 characters as it is spelled, quotes included. These
bounds are far above what workshops need: the format itself has five levels. They keep a file that
was made by a program, or to do harm, from taking a machine's memory. `export` refuses to write such
a file for the same reason.

Shorten the text or the key, or write it flatter. Large texts belong in a step's image, or in
several steps.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS105"
SEVERITY = "error"
check = told_by_the_reader
