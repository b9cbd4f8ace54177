#!/usr/bin/env bash
# Checks the YAML. Only the report may command the runner: it is escaped, messages on stderr are not.
set -euo pipefail
. "$GITHUB_ACTION_PATH/shared.sh"

report=$(mktemp "$RUNNER_TEMP/yamlsync.XXXXXX")
stop_commands
code=0
yamlsync check --output-format github --output-file "$report" \
  ${FAIL_LEVEL:+--fail-level "$FAIL_LEVEL"} -- "$DIRECTORY" || code=$?
resume_commands
cat -- "$report"
exit "$code"
