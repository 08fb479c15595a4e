#!/usr/bin/env bash
# Check the whole house, installing what is missing first: style, types, every test.
#
#   packaging/test.sh [--long] [PYTEST OPTIONS…]
#
# --long adds the fault, fuzz and scale runs.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
prepare test

cd "$root"
if [ "${1:-}" = --long ]; then
  shift
  set -- -m 'long or not long' "$@"
fi
"$venv/bin/python" -m ruff check .
"$venv/bin/python" -m mypy
exec "$venv/bin/python" -m pytest "$@"
