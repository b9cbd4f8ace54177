"""A merge conflict is left in the file.

Git marks with seven signs `<`, `=` and `>`, each at the start of a line, what two branches say of
the same lines, and leaves it to a person to choose. As long as the marks are there, nothing between
them has a meaning, so other problems of the file are not told.

Keep of the two sides what is right, and delete the three lines with the marks. In the list of steps
that is often both sides.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS113"
SEVERITY = "error"
check = told_by_the_reader
