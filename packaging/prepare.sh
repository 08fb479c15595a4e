# What run.sh and test.sh need before they can begin: a Python, system libraries, a private environment.
# Sourced, not run. prepare run|test sets $root (the checkout), $venv (the environment) and $kantlijn.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

stop() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Python 3.11 or newer, with what it takes to make an environment.
find_python() {
  local candidate
  for candidate in python3.11 python3.12 python3.13 python3.14 python3 \
    "${PYENV_ROOT:-${HOME:-/nonexistent}/.pyenv}"/versions/*/bin/python3; do
    candidate=$(command -v "$candidate") || continue
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  return 1
}

# Names of the Debian packages that are missing, one a line. Libraries are looked for by their own names,
# so that other distributions are recognised as complete too.
missing_packages() {
  local known
  known=$( (/sbin/ldconfig -p || ldconfig -p) 2>/dev/null || true)
  local library package
  while read -r library package; do
    [[ $known == *"$library "* ]] || printf '%s\n' "$package"
  done <<'LIBRARIES'
libglib-2.0.so.0 libglib2.0-0
libEGL.so.1 libegl1
libGL.so.1 libgl1
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-shape.so.0 libxcb-shape0
LIBRARIES
  [ -d /usr/share/fonts ] || printf 'fonts-dejavu-core\n'
  find_python >/dev/null || printf 'python3\npython3-venv\n'
  [ "$1" = test ] || return 0
  local tool
  while read -r tool package; do
    command -v "$tool" >/dev/null || printf '%s\n' "$package"
  done <<'TOOLS'
Xvfb xvfb
xauth xauth
xdotool xdotool
pdftotext poppler-utils
git git
TOOLS
}

# Programs of others that files are opened with in the tests, and what scans are read with. What is missing prints
# NOT RUN there, so that a machine without them, or without the room, still runs the rest.
missing_judges() {
  local tool package
  while read -r tool package; do
    command -v "$tool" >/dev/null || printf '%s\n' "$package"
  done <<'JUDGES'
lowriter libreoffice-writer
localc libreoffice-calc
chromium chromium
desktop-file-validate desktop-file-utils
JUDGES
  local language
  for language in nld eng; do # scans are read with these; no program is needed
    compgen -G "/usr/share/tesseract-ocr/*/tessdata/$language.traineddata" >/dev/null || printf 'tesseract-ocr-%s\n' "$language"
  done
}

install_judges() {
  local -a missing=()
  mapfile -t missing < <(missing_judges)
  [ ${#missing[@]} -gt 0 ] && command -v apt-get >/dev/null || return 0
  local -a become=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || { printf 'Not installed, its tests will say NOT RUN: %s\n' "${missing[*]}" >&2; return 0; }
    become=(sudo)
  fi
  printf 'Installing %s …\n' "${missing[*]}" >&2
  "${become[@]}" env DEBIAN_FRONTEND=noninteractive timeout 420 apt-get -qq -o=Dpkg::Use-Pty=0 install -y \
    --no-install-recommends "${missing[@]}" >/dev/null 2>&1 ||
    printf 'Not installed, its tests will say NOT RUN: %s\n' "${missing[*]}" >&2
  hash -r
}

install_packages() {
  local -a become=()
  local -a missing=()
  mapfile -t missing < <(missing_packages "$1")
  [ ${#missing[@]} -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null; then
    stop "Kantlijn needs these first (Debian's names): ${missing[*]}."
  elif [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null || { ! sudo -n true 2>/dev/null && [ ! -t 0 ]; }; then
      stop "Kantlijn needs these packages first; ask an administrator to run: apt-get install ${missing[*]}"
    fi
    become=(sudo)
  fi
  printf 'Installing %s …\n' "${missing[*]}" >&2
  local -a apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o=Dpkg::Use-Pty=0)
  "${become[@]}" "${apt[@]}" update >&2 || true # an old list may still do
  "${become[@]}" "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null ||
    stop "Installing these packages failed; look at the lines above: ${missing[*]}."
  hash -r
}

# Whether the environment in $venv holds what this checkout asks for. For run, that of test will do.
ready() {
  local stamp
  for stamp in test "$1"; do
    if [ "$(cat "$venv/installed-$stamp" 2>/dev/null)" = "$wanted" ]; then
      [ -x "$venv/bin/kantlijn" ] && "$venv/bin/python" -c '' 2>/dev/null && return 0
    fi
  done
  return 1
}

# The environment lives in the checkout, or with the reader's data when the checkout is read-only.
prepare() {
  local kind=$1 extra='' wanted python own
  # only what is installed counts: a change of the tools' settings needs no network
  wanted=$(sed '/^\[tool\./,$d' "$root/pyproject.toml" | sha256sum | cut -d' ' -f1)
  venv=$root/.venv
  kantlijn=$venv/bin/kantlijn
  if ! ready "$kind" && [ ! -w "$root" ]; then
    own=$(printf '%s' "$root" | sha256sum | cut -c1-12)
    venv=${XDG_DATA_HOME:-${HOME:?HOME is not set}/.local/share}/kantlijn/environment-$own
    kantlijn=$venv/bin/kantlijn
  fi
  if ready "$kind"; then
    [ "$kind" = run ] || { install_packages test; install_judges; }
    return 0
  fi

  [ "$kind" = run ] || extra='[dev]'
  install_packages "$kind"
  [ "$kind" = run ] || install_judges
  python=$(find_python) || stop 'Kantlijn needs Python 3.11 or newer, and none was found: install python3 and python3-venv.'
  mkdir -p "$(dirname "$venv")"
  exec 9>"$venv.lock" # two at once would make half an environment each
  flock 9
  if ! ready "$kind"; then
    rm -f "$venv/installed-run" "$venv/installed-test"
    printf 'Setting up Kantlijn in %s; this takes a minute, once …\n' "$venv" >&2
    "$venv/bin/python" -c '' 2>/dev/null || "$python" -m venv --clear "$venv" ||
      stop "No environment could be made in $venv."
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --editable "$root$extra" ||
      stop 'The libraries could not be installed. The first start needs the network; start again when it is there.'
    printf '%s\n' "$wanted" >"$venv/installed-$kind"
  fi
  exec 9>&-
}
