#!/usr/bin/env bash
# Writes what each step came to into the job's summary, and fails if any failed.
set -euo pipefail
. "$GITHUB_ACTION_PATH/shared.sh"
stop_commands

# A path as code in a table's cell: without what would end the code, the cell or the line.
code() {
  local path
  path=$(printf '%s' "$1" | tr '`|\r\n' '????')
  printf '%s' "\`$path\`"
}

failed=()
# row WHAT OUTCOME [TEXT]
row() {
  local said=$2
  case $2 in
    success) said=${3:-passed} ;;
    skipped) said='not done' ;;
    *)
      said=failed
      failed+=("$1")
      ;;
  esac
  printf '| %s | %s |\n' "$1" "$said" >>"$GITHUB_STEP_SUMMARY"
}

printf '### yamlsync: %s\n\n| step | result |\n| --- | --- |\n' "$(code "$DIRECTORY")" >>"$GITHUB_STEP_SUMMARY"
row check "$CHECK"
row spelling "$FORMAT"
row database "$BUILD" "built, SHA-256 \`$SHA256\`, content \`$DIGEST\`"
if [ -n "$DATABASE" ]; then
  stale=
  [ "$CURRENT" != false ] || stale='stale'
  row "committed $(code "$DATABASE")" "$COMPARE" "$stale"
fi
echo >>"$GITHUB_STEP_SUMMARY"

if [ "${#failed[@]}" -gt 0 ]; then
  printf 'failed: %s\n' "${failed[@]}"
  exit 1
fi
