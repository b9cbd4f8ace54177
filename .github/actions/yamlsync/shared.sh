# What several of the action's steps need; they source it, behind `set -euo pipefail`.
# shellcheck shell=bash

# -I: nothing is imported from the repository that is checked, nor from where PYTHONPATH leads.
yamlsync() {
  "$PYTHON" -I -m yamlsync "$@"
}

# The runner takes commands out of all that a step prints, in the middle of a line too. What is printed
# from now on quotes files that anybody may have written, and must not command it.
stop_commands() {
  token=$(random)
  echo "::stop-commands::$token"
  trap resume_commands EXIT
}

resume_commands() {
  trap - EXIT
  echo "::$token::"
}

# output NAME VALUE: an output of the step, whatever characters the value has.
output() {
  local end
  end=$(random)
  printf '%s<<%s\n%s\n%s\n' "$1" "$end" "$2" "$end" >>"$GITHUB_OUTPUT"
}

# annotate LEVEL TITLE MESSAGE
annotate() {
  local message=${3//'%'/%25}
  message=${message//$'\r'/%0D}
  echo "::$1 title=$2::${message//$'\n'/%0A}"
}

random() {
  od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}
