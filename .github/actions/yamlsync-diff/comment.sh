#!/usr/bin/env bash
# Posts the one comment, or updates it. Python loads nothing that was installed (-S): only this step has a token.
set -euo pipefail

"$PYTHON" -I -S -B -X utf8 "$GITHUB_ACTION_PATH/comment.py" --link="$LINK" -- "$FOUND"
