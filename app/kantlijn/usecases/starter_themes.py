"""The themes a new project begins with."""

from __future__ import annotations

from kantlijn.model.theme import Theme

_STARTERS = (
    ("Prevention", "Preventie", "#1d63c4", "P",
     "What is done before harm occurs: information, education, safe design.",
     ("preventie", "voorkomen", "voorlichting", "weerbaarheid", "prevention", "education")),
    ("Victim aid", "Hulp aan slachtoffers", "#c2560a", "H",
     "Help, care and support for those harmed, and their position in proceedings.",
     ("slachtoffer", "hulpverlening", "opvang", "nazorg", "victim", "support")),
    ("Detection", "Opsporing", "#2e7d32", "D",
     "How signs and cases are found, reported and investigated.",
     ("signalering", "opsporing", "melding", "meldpunt", "detection", "report")),
    ("Enforcement", "Handhaving", "#7b4fb5", "E",
     "Supervision, sanctions and prosecution: who acts when rules are broken.",
     ("handhaving", "toezicht", "vervolging", "sanctie", "enforcement", "supervision")),
    ("Cooperation", "Samenwerking", "#0f7f86", "C",
     "How bodies, countries and companies work together.",
     ("samenwerking", "overleg", "keten", "internationaal", "cooperation", "partners")),
)  # fmt: skip


def starter_themes() -> list[Theme]:
    """Five themes with keys 1 to 5. Their ids are the same in every project, so that projects can be merged."""
    return [
        Theme(
            id=name.lower().replace(" ", "-"), name=name, name_nl=name_nl, colour=colour, letter=letter,
            key=str(place), position=place, definition=definition, search_words=words,
        )
        for place, (name, name_nl, colour, letter, definition, words) in enumerate(_STARTERS, 1)
    ]  # fmt: skip
