#!/usr/bin/env bash
# Let the desktop know Kantlijn: its place in the menu, projects, and kantlijn:// links. For this account alone.
#
#   packaging/desktop/install.sh [PROGRAM]   PROGRAM: what starts Kantlijn; found by itself in a checkout
#   packaging/desktop/install.sh --remove    take all of it away again
#
# PDFs keep opening with what opens them now; Kantlijn is only added to the choices.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
id=nl.kantlijn.Kantlijn
data=${XDG_DATA_HOME:-${HOME:?HOME is not set}/.local/share}
entry=$data/applications/$id.desktop
kind=$data/mime/packages/$id.xml
picture=$data/icons/hicolor/scalable/apps/$id.svg

stop() {
  printf '%s\n' "$1" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# Tell the desktop that something is new or gone; a desktop without these finds out at the next login.
tell() {
  if has update-mime-database && [ -d "$data/mime" ]; then update-mime-database "$data/mime"; fi
  if has update-desktop-database && [ -d "$data/applications" ]; then
    update-desktop-database -q "$data/applications"
  fi
}

program() {
  local one
  for one in "${1:-}" "$here/../../.venv/bin/kantlijn" "$(command -v kantlijn || true)"; do
    if [ -n "$one" ]; then
      [ -f "$one" ] && [ -x "$one" ] && realpath -s -- "$one" && return
      [ "$one" != "${1:-}" ] || stop "“$one” cannot be started. Name the program: $0 PROGRAM"
    fi
  done
  stop "Kantlijn was not found. Name the program that starts it: $0 PROGRAM"
}

# A path as the Exec line has it: in quotes, with the signs escaped that mean something there, twice over.
quoted() {
  local path=$1
  case $path in *[$'\n\r\t']*) stop 'The path of the program holds a line end or a tab; move it.' ;; esac
  path=${path//\\/\\\\\\\\}
  path=${path//\"/\\\\\"}
  path=${path//\`/\\\\\`}
  path=${path//\$/\\\\\$}
  path=${path//%/%%}
  printf '"%s"' "$path"
}

if [ "${1:-}" = --remove ]; then
  rm -f "$entry" "$kind" "$picture"
  tell
  echo 'Kantlijn was taken out of the menu; links no longer open it.'
  exit
fi

started=$(program "${1:-}")
line="Exec=$(quoted "$started") %U"
mkdir -p "${entry%/*}" "${kind%/*}" "${picture%/*}"
while IFS= read -r row; do
  case $row in Exec=*) row=$line ;; esac
  printf '%s\n' "$row"
done <"$here/$id.desktop" >"$entry.new"
mv "$entry.new" "$entry"
cp "$here/$id.xml" "$kind"
cp "$here/$id.svg" "$picture"
tell
if has xdg-mime; then
  xdg-mime default "$id.desktop" x-scheme-handler/kantlijn
  xdg-mime default "$id.desktop" application/x-kantlijn
else
  echo 'xdg-mime is missing (package xdg-utils): choose Kantlijn once when the desktop asks what opens a link.' >&2
fi
echo "Kantlijn is in the menu, and kantlijn:// links open it: $started"
