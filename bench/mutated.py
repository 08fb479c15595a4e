"""The long sweep over harmed files: `python -m bench.mutated [COUNT [FORMAT…]]`, 10,000 of every format by itself.

Prints a line a format: opened, refused with a sentence, crashes of the asker, hangs over 10 s, bugs in the log.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from hostile_files import FORMATS, sweep, whole_files  # noqa: E402 - it is beside the tests that use it


def main() -> int:
    """1 when anything crashed or hung."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    bad = 0
    with tempfile.TemporaryDirectory(prefix="kantlijn-mutated-") as name:
        folder = Path(name)
        whole = whole_files(folder, ROOT / "resources" / "kantlijn_resources" / "samples")
        for form in sys.argv[2:] or FORMATS:
            since = time.monotonic()
            swept = sweep(form, whole[form], folder, range(count))
            bad += len(swept.crashes) + len(swept.hangs)
            print(
                f"{form:<9} {count} files: {swept.opened} opened, {swept.refused} refused, "
                f"{len(swept.crashes)} crashes, {len(swept.hangs)} hangs, {len(swept.bugs)} bugs in the log; "
                f"slowest {swept.slowest:.1f} s; {time.monotonic() - since:.0f} s",
                flush=True,
            )
            for line in (*swept.crashes, *swept.hangs, *swept.bugs):
                print("   ", line.replace("\n", "\n    "), flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
