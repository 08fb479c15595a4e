"""Reading JSON that a project file holds."""

from __future__ import annotations

import json
from typing import Any


def read_json(written: str) -> Any:
    """What was written. ValueError for what is no JSON, and for what lies deeper than anything of ours."""
    try:
        return json.loads(written)
    except RecursionError as trouble:
        raise ValueError("JSON that lies too deep") from trouble
