"""What words of RTF stand for: characters, code pages, and groups that hold no text of the document."""

from __future__ import annotations

from kantlijn.documents.formats.elements import names

CHARACTERS = {
    "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "zwj": "\u200d",
    "zwnj": "\u200c", "zwbo": "\u200b", "line": "\n", "lbr": "\n", "softline": "\n", "column": "\n",
}  # fmt: skip
SYMBOLS = {"~": "\u00a0", "-": "\u00ad", "_": "\u2011", "\\": "\\", "{": "{", "}": "}"}

SILENT = names(
    "fonttbl colortbl stylesheet listtable info header headerl headerr headerf footer footerl footerr "
    "footerf ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn pict nonshppict shprslt sp private1 xe tc tcn "
    "rxe txe fldinst objdata objclass objname pgp pgptbl rsidtbl filetbl revtbl listoverridetable "
    "generator themedata colorschememapping datastore latentstyles annotation atnid atnauthor atntime "
    "atnicn atnref atrfstart atrfend bkmkstart bkmkend template comment keywords subject doccomm operator "
    "category manager company hlinkbase field_placeholder nonesttables wgrffmtfilter xmlnstbl background "
    "falt panose docvar passwordhash protusertbl nesttableprops"
)
"""Groups to pass over, whether or not they are marked as passable."""

KNOWN = names(
    "shpinst shptxt ud do dptxbxtext footnote listtext pntext fonttbl stylesheet f s cs"
)
"""Groups marked as passable ("\\*") that are read all the same."""

CHARSETS = {
    77: "mac_roman", 78: "cp932", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
"""Of a font's \\fcharset; others use the file's own code page."""

PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


def code_page(number: int) -> str:
    """Python's name of a Windows code page; cp1252 for one that it does not have."""
    import codecs

    name = {10000: "mac_roman", 65001: "utf-8", 936: "gbk", 950: "big5", 1361: "johab"}.get(number, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name
