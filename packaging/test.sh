#!/usr/bin/env bash
# Check the whole house, installing what is missing first. Style (ruff), types (mypy) and the arrows between
# rooms (import-linter) are among the tests: tests/house.
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
# side by side, a file's tests together: half the time on two processors
exec "$venv/bin/python" -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile "$@"
