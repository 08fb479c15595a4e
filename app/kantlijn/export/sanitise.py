"""HTML that a reader's own template made: only words and looks of it go into the file."""

from __future__ import annotations

import re
from html import escape

from kantlijn.export.notes import TAGS

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"
"""What a browser may do with the file: show it."""
_TAGS = TAGS | {
    "abbr", "article", "aside", "b", "bdi", "bdo", "caption", "center", "cite", "col", "colgroup", "dd", "details",
    "dfn", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "i", "img", "ins", "kbd", "main", "mark", "nav", "q", "s", "samp", "section", "small", "span",
    "style", "sub", "summary", "sup", "tfoot", "time", "title", "u", "var", "wbr",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "style", "title"},
    "a": {"href"}, "img": {"src", "alt", "width", "height"}, "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan", "align", "valign", "width"},
    "th": {"colspan", "rowspan", "align", "valign", "width", "scope"},
    "col": {"span", "width"}, "colgroup": {"span"}, "details": {"open"}, "time": {"datetime"},
}  # fmt: skip
_LOADS = re.compile(
    r"url\s*\(|image(?:-set)?\s*\(|@\s*(?:import|font-face|namespace)|expression\s*\(|src\s*\(",
    re.IGNORECASE,
)
"""What in a style asks for something from elsewhere. Written in escapes it comes through; the policy stops it."""
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
_BODY = re.compile(r"""<body\b[^<>]*?\sclass=["']([\w\s-]*)["']""", re.IGNORECASE)
_SCHEMES = re.compile(
    r"""<meta\s+name=["']color-scheme["']\s+content=["']((?:light|dark|only|\s)+)["']""", re.IGNORECASE
)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


def only_words(html: str, *, language: str) -> str:
    """A whole HTML file of what may stay, with a policy that lets a browser run and load nothing."""
    import nh3

    inside = nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, attribute_filter=_kept, link_rel="noopener noreferrer nofollow",
        clean_content_tags={"script", "template", "noscript", "iframe", "object", "svg", "math"},
        url_schemes={"http", "https", "mailto", "kantlijn", "data"},
    )  # fmt: skip
    titles, styles = _TITLE.findall(inside), _STYLE.findall(inside)
    body = _STYLE.sub("", _TITLE.sub("", inside)).strip()
    schemes, dressed = _SCHEMES.search(html), _BODY.search(html)
    looks = "\n".join(_LOADS.sub("none", style.strip()) for style in styles)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        + (f'<meta name="color-scheme" content="{schemes[1]}">\n' if schemes else "")
        + '<meta name="referrer" content="no-referrer">\n'
        f"<title>{titles[0].strip() if titles else ''}</title>\n<style>\n{looks}\n</style>\n</head>\n"
        + (f'<body class="{dressed[1]}">' if dressed else "<body>")
        + f"\n{body}\n</body>\n</html>\n"
    )


def _kept(_tag: str, attribute: str, value: str) -> str | None:
    if attribute == "style":
        return _LOADS.sub("none", value)
    if attribute == "src":
        return value if _PICTURE.fullmatch(value) else None
    if attribute == "href" and (value.lower().startswith("data:") or value.startswith(("//", "\\"))):
        return None
    return value
