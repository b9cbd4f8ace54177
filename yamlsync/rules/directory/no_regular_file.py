"""A link, a folder or a device stands in the place of a file.

The files of a workshop, and the folders `steps`, `state` and `workshops` with what is below them,
are files and folders themselves. Links are not followed, so that a workshop cannot read or
overwrite what is elsewhere on the machine, and so that it is whole wherever it is copied to. A
folder that has the name of a file is refused, too, and so are pipes and devices, which could keep a
program waiting forever.

Put the file or the folder itself there. The folder of the workshop as a whole may well be reached
by a link.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS128"
SEVERITY = "error"
check = told_by_the_reader
