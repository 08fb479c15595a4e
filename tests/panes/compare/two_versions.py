"""Two versions of a report, with every kind of change between them."""

from __future__ import annotations

FILLING = [f"Paragraph {n} tells what supervision found in place {n}, and what was done." for n in range(60)]
MOVED = "Municipalities buy help in different ways and keep no shared figures of what it costs them each year."
OLD = "\n\n".join([
    "Report on safety", "Schools give attention to resilience, and one of the two works with a programme.",
    MOVED, *FILLING[:30], "The adviser must be known to every pupil.", *FILLING[30:],
    "The council asks for an answer before the summer.",
]) + "\n"  # fmt: skip
NEW = "\n\n".join([
    "Report on safety", "Schools give attention to resilience, and two of the three work with a programme.",
    *FILLING[:30], "The adviser may be introduced to every pupil.", *FILLING[30:], MOVED,
    "A new desk for young people opened in March.",
]) + "\n"  # fmt: skip
