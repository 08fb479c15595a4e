"""Encodings that a reader can choose where the one that was recognised is not what the writer meant."""

from __future__ import annotations

from kantlijn.words import say

ENCODINGS = (
    "utf-8", "cp1252", "cp850", "mac_roman", "cp1250", "iso8859-2", "cp1257", "cp1254", "cp1253", "cp1251",
    "koi8-r", "cp866", "iso8859-5", "cp1255", "cp1256", "cp932", "euc_jp", "cp949", "gb18030", "big5",
    "utf-16-le", "utf-16-be",
)  # fmt: skip
"""As Python calls them."""


def encoding_name(encoding: str) -> str:
    """An encoding as readers know it; its own name, when it is not one of these."""
    western, central = say("Western European"), say("Central European")
    cyrillic, japanese = say("Cyrillic"), say("Japanese")
    return {
        "utf-8": "Unicode (UTF-8)", "utf-16-le": "Unicode (UTF-16)", "utf-16-be": "Unicode (UTF-16, big-endian)",
        "utf-32-le": "Unicode (UTF-32)", "utf-32-be": "Unicode (UTF-32, big-endian)",
        "cp1252": f"{western} (Windows-1252)", "cp850": f"{western} (DOS)", "mac_roman": f"{western} (Macintosh)",
        "cp1250": f"{central} (Windows-1250)", "iso8859-2": f"{central} (ISO 8859-2)",
        "cp1257": f"{say('Baltic')} (Windows-1257)", "cp1254": f"{say('Turkish')} (Windows-1254)",
        "cp1253": f"{say('Greek')} (Windows-1253)", "cp1251": f"{cyrillic} (Windows-1251)",
        "koi8-r": f"{cyrillic} (KOI8-R)", "cp866": f"{cyrillic} (DOS)", "iso8859-5": f"{cyrillic} (ISO 8859-5)",
        "cp1255": f"{say('Hebrew')} (Windows-1255)", "cp1256": f"{say('Arabic')} (Windows-1256)",
        "cp932": f"{japanese} (Shift-JIS)", "euc_jp": f"{japanese} (EUC-JP)", "cp949": f"{say('Korean')} (EUC-KR)",
        "gb18030": f"{say('Chinese, simplified')} (GB18030)", "big5": f"{say('Chinese, traditional')} (Big5)",
    }.get(encoding, encoding)  # fmt: skip
