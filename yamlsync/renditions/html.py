"""What changed, as one HTML page that asks for nothing else (DIF-70 to DIF-79)."""

from __future__ import annotations

from yamlsync.comparison import Comparison
from yamlsync.pages.extra import require_html


def render(comparison: Comparison) -> str:
    """The page. It tells more of equal steps where they were read (`whole`).

    Raises OperationError where the extra for pages is not installed.
    """
    require_html("diff --output-format html")
    # Imported late: they need what was just looked for.
    from yamlsync.pages.layout import write_page
    from yamlsync.renditions.page.overview import overview

    page = write_page("diff.html", {"page": overview(comparison)}, styles=["diff.css"])
    return page.rstrip("\n")
