"""An attribute of a goss spec has a value that goss refuses, or that nothing can be equal to.

Either goss cannot read the spec, or the check can never pass. Mind what YAML makes of a value: `0644` is
the number 420, `yes` is a text, and a pattern such as `200` is a number until it stands in quotes.

Fails:

```yaml
# steps/two.yaml
goss_spec: |
  port:
    tcp:80:
      listening: yes please
```

```yaml
# steps/two.yaml
goss_spec: |
  command:
    nginx -t:
      exit-status: zero
```

```yaml
# steps/two.yaml
goss_spec: |
  file:
    /etc/nginx/nginx.conf:
      exists: true
      mode: 0644
```

```yaml
# steps/two.yaml
goss_spec: |
  port:
    tcp/80:
      listening: true
```

```yaml
# steps/two.yaml
goss_spec: |
  file:
    /etc/nginx:
      exists: true
      filetype: dir
```

Passes:

```yaml
# steps/two.yaml
goss_spec: |
  port:
    tcp:80:
      listening: true
```

```yaml
# steps/two.yaml
goss_spec: |
  command:
    nginx -t:
      exit-status: 0
```

```yaml
# steps/two.yaml
goss_spec: |
  file:
    /etc/nginx/nginx.conf:
      exists: true
      mode: "0644"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.goss.inspection import found

ID = "YS505"
SEVERITY = "error"


def check(course: Course) -> Iterator[Diagnostic]:
    """Values of another kind than the table says (GOSS-21 to GOSS-25, GOSS-29)."""
    return found(course, ID)
