"""How things are named in REFI-QDA: GUIDs for our ids and the way back, and text that XML can hold."""

from __future__ import annotations

import re
import uuid
from datetime import datetime

PROJECT_SPACE = "urn:QDA-XML:project:1.0"
CODEBOOK_SPACE = "urn:QDA-XML:codebook:1.0"
ORIGIN = "Kantlijn"
_SPACE = uuid.UUID("6f1d7c1e-5b0a-5d0e-9a53-2b1b6c1d8e40")
"""What GUIDs of names that are no ULIDs are made from. Never to change: files name themes by them."""
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(_LETTERS)}
_ULID = re.compile(f"[0-7][{_LETTERS}]{{25}}")
_GUID = re.compile(r"\{?([0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12})\}?")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def is_ulid(id: str) -> bool:
    """A name of 26 letters that stands for 128 bits."""
    return bool(_ULID.fullmatch(id))


def guid_of(kind: str, id: str) -> str:
    """The GUID, lower case: a ULID's own 128 bits; of other ids, made from the kind and the id."""
    if not is_ulid(id):
        return named_guid(kind, id)
    number = 0
    for letter in id:
        number = number << 5 | _VALUES[letter]
    return str(uuid.UUID(int=number))


def named_guid(kind: str, name: str) -> str:
    """A GUID that is always the same for this kind of thing and this name."""
    return str(uuid.uuid5(_SPACE, f"{kind}:{name}".encode("utf-8", "replace").decode()))


def id_of(guid: str) -> str:
    """The ULID with a GUID's 128 bits: the way back. ValueError for what is no GUID."""
    number = uuid.UUID(guid).int
    return "".join(_LETTERS[(number >> shift) & 31] for shift in range(125, -1, -5))


def same_guid(written: str) -> str:
    """A GUID as others write it, with braces or capitals, in the one form used here; "" for what is none."""
    found = _GUID.fullmatch(written.strip())
    return str(uuid.UUID(found[1])) if found else ""


def clean(text: str) -> str:
    """The text with U+FFFD for every character that XML 1.0 cannot hold."""
    return _NO_XML.sub("\ufffd", text)


def one_line(text: str, longest: int = 0) -> str:
    """The text on one line, cut with "…" when longest (code points, 0 for no limit) is passed."""
    line = clean(" ".join(text.split()))
    return line if not longest or len(line) <= longest else line[: longest - 1].rstrip() + "…"


def time_of(written: str) -> str:
    """A time as xsd:dateTime holds it, "" for what is none: a day, a time without zone, or words."""
    if not re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", written, re.ASCII) or not written.isascii():
        return ""
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return ""
    return written if re.fullmatch(r"[0-9:T.+Z-]+", written) and not written.startswith("0000") else ""


def utc_of(written: str) -> str:
    """A time of another program in UTC, to the second, as ours are; "" when it cannot be read."""
    try:
        time = datetime.fromisoformat(written.strip())
        if time.tzinfo is not None:
            time = time.astimezone(_UTC)
    except (ValueError, OverflowError):
        return ""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ") if time.year >= 1000 else ""


_UTC = datetime.fromisoformat("2000-01-01T00:00:00+00:00").tzinfo
