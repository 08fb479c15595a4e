"""Code pages of texts that are not of the West: Cyrillic, Greek, Chinese, Japanese, Korean, Central European.

By what the letters would be: those of a script's daily words, or not. A text of the West is never taken for one:
it has few bytes beyond ASCII, and Central European ones are told by letters that no language of the West mixes.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter

_FOREIGN = 0.3
"""Share of bytes beyond ASCII, spaces aside, above which a text is in another script; French has 0.06."""
_LEAST = 20
"""Letters by which a script is told."""
_CYRILLIC = "оеаинтсрвлкмдпуіё"
_GREEK = "αοιετσνηυρπκμλςάέήίόύώ"
_USUAL = 0.65
"""Share that these letters have in a text of theirs (0.8 and more); at random they have 0.3."""
_INSIDE = re.compile("(?<=[a-zà-ÿ])[¹³¾¿](?=[a-zà-ÿ])")
_MOST = 0.3
"""Share of one letter among those of a text."""
_KANA, _HANGUL = re.compile("[\u3041-\u30fa]"), re.compile("[\uac00-\ud7a3]")
_HANZI = re.compile("[\u4e00-\u9fff]")
_ALPHABETS = (
    ("cp1251", _CYRILLIC), ("koi8-r", _CYRILLIC), ("cp866", _CYRILLIC), ("iso8859-5", _CYRILLIC),
    ("cp1253", _GREEK),
)  # fmt: skip


def script_of(raw: bytes) -> str:
    """The code page of a text in another script, "" for one of the West, or in doubt."""
    dense = raw.translate(None, b" \t\r\n")
    beyond = len(dense.translate(None, bytes(range(0x80))))
    if beyond < _LEAST:
        return ""
    if beyond < _FOREIGN * len(dense):
        return "cp1250" if _is_central(raw) else ""
    return _east(raw) or _alphabet(raw)


def _is_central(raw: bytes) -> bool:
    """Czech, Slovak, Polish or Hungarian: as cp1252 these letters together, and so often, are of no language."""
    text = raw.decode("latin-1")
    seen, inside = Counter(text), Counter(_INSIDE.findall(text))
    sure = max(2, len(text) // 250)
    hooks = seen["\x9a"] + seen["\x9e"]
    czech = min(seen["ì"], seen["ø"], hooks, seen["è"])
    slovak = min(inside["¾"], hooks, seen["è"], seen["ý"])
    polish = min(inside["³"], inside["¹"] + inside["¿"] + seen["\x9c"], seen["ê"])
    doubled = 0 if seen["ã"] + seen["ç"] else 2 * (seen["õ"] + seen["û"])
    hungarian = min(seen["á"], seen["é"], seen["ö"] + seen["ü"], doubled)
    return max(czech, slovak, polish, hungarian) >= sure


def _east(raw: bytes) -> str:
    """Japanese and Korean by letters of their own, Chinese by signs that are usual."""
    for page, own, least in (("cp932", _KANA, 0.25), ("euc_jp", _KANA, 0.25), ("cp949", _HANGUL, 0.9)):
        letters = _letters(raw, page)
        if len(letters) >= _LEAST and len(own.findall(letters)) >= least * len(letters):
            return page
    letters = _letters(raw, "gb18030")
    if len(letters) >= _LEAST and len(letters.encode("gb2312", "ignore")) >= 0.95 * 2 * len(letters):
        return "gb18030"
    letters = _letters(raw, "big5")
    return "big5" if len(letters) >= _LEAST and len(_HANZI.findall(letters)) >= 0.95 * len(letters) else ""


def _alphabet(raw: bytes) -> str:
    shares = {}
    for page, usual in _ALPHABETS:
        letters = _letters(raw, page)
        if len(letters) >= _LEAST:
            shares[page] = sum(map(letters.count, usual)) / len(letters)
    best = max(shares, key=shares.__getitem__, default="")
    return best if best and shares[best] >= _USUAL else ""


def _letters(raw: bytes, page: str) -> str:
    """The letters beyond ASCII of a text read so; "" when it cannot be, or when they are the lines of a table.

    The last one may be cut off.
    """
    try:
        text = codecs.getincrementaldecoder(page)().decode(raw)
    except UnicodeDecodeError:
        return ""
    letters = [letter for letter in text if letter > "\x7f" and letter.isalpha()]
    most = Counter(letters).most_common(1)
    return "".join(letters) if most and most[0][1] <= _MOST * len(letters) else ""
