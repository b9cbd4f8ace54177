#!/usr/bin/env bash
# Tells what changed in the workshops since the pull request branched off: pages, the summary, annotations.
set -euo pipefail
. "$GITHUB_ACTION_PATH/../yamlsync/shared.sh"

if [ "$EVENT" = pull_request_target ]; then
  annotate error 'yamlsync diff' 'Run this on pull_request: with pull_request_target, a stranger'\''s files get a token that may write.'
  exit 1
fi
request=
if [ -z "$BASE" ]; then
  BASE=$REQUEST_BASE
  request=$REQUEST_HEAD
fi
if [ -z "$BASE" ]; then
  annotate notice 'yamlsync diff' 'Nothing is compared: this is no pull request, and no base is named.'
  exit 0
fi

place=$(mktemp -d "$RUNNER_TEMP/yamlsync.XXXXXX")
stop_commands
code=0
"$PYTHON" -I -B -X utf8 "$GITHUB_ACTION_PATH/compare.py" --base="$BASE" --request="$request" \
  --repository="$GITHUB_WORKSPACE" --output="$place" -- "$DIRECTORY" || code=$?
resume_commands
[ "$code" -le 1 ] && [ -e "$place/changed" ] || exit "$((code > 0 ? code : 1))"

cat -- "$place/summary.md" >>"$GITHUB_STEP_SUMMARY"
[ "$ANNOTATE" = false ] || cat -- "$place/annotations"
output changed "$(cat -- "$place/changed")"
output found "$place"
[ ! -d "$place/pages" ] || output pages "$place/pages"
output artifact "$(cat -- "$place/name")"
[ "$code" = 0 ] || output failed true
