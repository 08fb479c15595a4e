#!/usr/bin/env bash
# Start Kantlijn from this checkout, installing what is missing first.
#
#   packaging/run.sh [FILES…]
#
# Opens the window on the files, or on the sample project when none are given. Without a display it does
# the main job headless: it builds the sample project and prints its annotated summary.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
prepare run
name='Online veiligheid van jongeren.kantlijn'

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
  echo 'There is no display here, so no window: building the sample project and printing its annotated summary.' >&2
  place=$(mktemp -d)
  trap 'rm -rf "$place"' EXIT
  "$kantlijn" demo "$place/$name" >&2
  [ $# -eq 0 ] || "$kantlijn" add "$place/$name" "$@" >&2
  "$kantlijn" export "$place/$name" --as markdown -o "$place/summary.md" >&2
  cat "$place/summary.md"
  exit
fi

if [ $# -eq 0 ]; then
  sample=${XDG_DATA_HOME:-${HOME:?HOME is not set}/.local/share}/kantlijn/$name
  mkdir -p "$(dirname "$sample")"
  [ -e "$sample" ] || "$kantlijn" demo "$sample" >&2
  set -- "$sample"
fi
exec "$kantlijn" "$@"
