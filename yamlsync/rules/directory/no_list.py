"""There is no list of the workshops, or more than one.

A directory has `workshop.yaml` where it holds one workshop, or `workshops.yaml` where it holds
several; that file tells where everything else is. With neither, there is nothing to read: another
folder was meant, perhaps the one above or below. With both, nobody can tell which one counts. And
`workshops.yaml` does not list one workshop alone, since one has its files at the top.

Name the folder that holds the file; keep the one of the two that is meant. Where one workshop is
left of several, move its files to the top and delete `workshops.yaml`.

Fails:

```yaml
# workshop.yaml is not there
```

```yaml
# workshops.yaml
workshops:
  - course
# workshops/other/workshop.yaml is not there
# workshops/other/steps/four.yaml is not there
```

Passes:

```yaml
# workshops.yaml
workshops:
  - course
  - other
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS121"
SEVERITY = "error"
check = told_by_the_reader
