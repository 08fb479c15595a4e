"""Two versions of a text with every edit between them known: made from any text, or from words of no language."""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import dataclass, field

SYLLABLES = "ba be bo da de do ga ge ha he ka ke la le lo ma me na no pa po ra re ro sa se ta te to va ve wa zi"
HEADS = ("Jaarverslag van de inspectie", "Rapportage toezicht en hulp", "Bijlage bij de brief")


@dataclass(frozen=True)
class Word:
    id: int
    said: str  # with the signs after it


Paragraph = list[list[Word]]
"""Sentences of words."""


@dataclass
class Edit:
    kind: str
    old: set[int] = field(default_factory=set)
    new: set[int] = field(default_factory=set)
    number: bool = False
    """Digits are among what differs: where they were lost, it cannot be told as what it is."""


@dataclass
class Pair:
    old: str
    new: str
    edits: list[Edit]
    old_places: dict[int, tuple[int, int]]
    new_places: dict[int, tuple[int, int]]
    old_order: list[int]
    partner: dict[int, int]
    """Of an old word its id in the new text, where it is still there."""
    unseen: list[Edit] = field(default_factory=list)
    """Edits that the new text shows in part, or not at all; reporting them is no mistake."""
    figures: set[int] = field(default_factory=set)
    """Old words of digits alone, where the new text has lost its digits."""
    ranks: dict[int, int] = field(init=False)
    """The place of each new word in the new text's order."""

    def __post_init__(self) -> None:
        order = sorted(self.new_places, key=lambda id_: self.new_places[id_])
        self.ranks = {id_: place for place, id_ in enumerate(order)}


class Maker:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._next = 0
        syllables, sizes, pick = SYLLABLES.split(), (1, 2, 2, 3, 3, 4), self.random.choices
        self._lexicon = sorted({"".join(pick(syllables, k=self.random.choice(sizes))) for _ in range(2500)})

    # -- texts ----------------------------------------------------------------------------------------------

    def word(self, said: str) -> Word:
        self._next += 1
        return Word(self._next, said)

    def sentence(self, least: int = 8, most: int = 26) -> list[Word]:
        count = self.random.randint(least, most)
        words = [self._lexicon[int(len(self._lexicon) * self.random.random() ** 2)] for _ in range(count)]
        if self.random.random() < 0.3:
            words[self.random.randrange(1, count)] = str(self.random.choice((7, 12, 2023, 48, "3,5", "1.200")))
        if self.random.random() < 0.2:
            words[count // 2] = words[count // 2] + "ëren"
        words[0] = words[0].capitalize()
        if self.random.random() < 0.4:
            words[count // 2] += ","
        words[-1] += "."
        return [self.word(said) for said in words]

    def text(self, paragraphs: int) -> list[Paragraph]:
        return [[self.sentence() for _ in range(self.random.randint(2, 6))] for _ in range(paragraphs)]

    def text_of(self, prose: str) -> list[Paragraph]:
        """Paragraphs and sentences of a text as it is."""
        found = []
        for part in re.split(r"\n[ \t]*\n|\f", prose):
            sentences = [one.split() for one in re.split(r"(?<=[.!?])\s+(?=[A-Z])", part)]
            paragraph = [[self.word(said) for said in one] for one in sentences if one]
            if paragraph:
                found.append(paragraph)
        return found

    # -- edits ----------------------------------------------------------------------------------------------

    def edit(self, text: list[Paragraph], share: float) -> tuple[list[Paragraph], list[Edit]]:
        """About share of the sentences edited, at least one untouched between two edits."""
        new = [[list(sentence) for sentence in paragraph] for paragraph in text]
        edits: list[Edit] = []
        taken: set[tuple[int, int]] = set()
        places = [(p, s) for p, paragraph in enumerate(text) for s in range(len(paragraph))]
        self.random.shuffle(places)
        wanted = max(1, round(share * len(places)))
        kinds = ["replace", "replace", "number", "niet", "drop", "sentence", "no sentence"]
        for p, s in places:
            if len(edits) >= wanted:
                break
            if taken & {(p, s - 1), (p, s), (p, s + 1)} or len(new[p][s]) < 6:
                continue
            edit = getattr(self, "_" + self.random.choice(kinds).replace(" ", "_"))(new, p, s)
            if edit is not None:
                edits.append(edit)
                taken.add((p, s))
        busy = {p for p, _ in taken}
        return self._rearranged(new, busy, edits, wanted), edits

    def _replace(self, new: list[Paragraph], p: int, s: int) -> Edit:
        sentence = new[p][s]
        count = self.random.choice((1, 1, 2, 3))
        at = self.random.randrange(1, len(sentence) - count)
        old = sentence[at : at + count]
        fresh = [
            self.word("x" + self.random.choice(self._lexicon) + "q") for _ in range(self.random.choice((1, 2)))
        ]
        sentence[at : at + count] = fresh
        figures = any(not any(letter.isalpha() for letter in w.said) for w in old)
        return Edit("changed", {w.id for w in old}, {w.id for w in fresh}, number=figures)

    def _number(self, new: list[Paragraph], p: int, s: int) -> Edit | None:
        sentence = new[p][s]
        at = next((n for n, w in enumerate(sentence) if w.said.isdigit()), None)
        if at is None:
            return None
        fresh = self.word(str(int(sentence[at].said) + 1))
        old, sentence[at] = sentence[at], fresh
        return Edit("changed", {old.id}, {fresh.id}, number=True)

    def _niet(self, new: list[Paragraph], p: int, s: int) -> Edit | None:
        fresh = self.word("niet")
        sentence = new[p][s]
        at = self.random.randrange(1, len(sentence) - 1)
        if any("niet" in word.said for word in sentence[at - 1 : at + 1]):
            return None  # which of two is the new one, nobody can tell
        sentence.insert(at, fresh)
        return Edit("inserted", set(), {fresh.id})

    def _drop(self, new: list[Paragraph], p: int, s: int) -> Edit:
        gone = new[p][s].pop(self.random.randrange(1, len(new[p][s]) - 1))
        return Edit("deleted", {gone.id}, number=not any(letter.isalpha() for letter in gone.said))

    def _sentence(self, new: list[Paragraph], p: int, s: int) -> Edit:
        fresh = self.sentence()
        new[p][s] = new[p][s] + fresh
        return Edit("inserted", set(), {w.id for w in fresh})

    def _no_sentence(self, new: list[Paragraph], p: int, s: int) -> Edit:
        gone = new[p][s]
        new[p][s] = []
        said = "".join(w.said for w in gone)
        return Edit("deleted", {w.id for w in gone}, number=not any(letter.isalpha() for letter in said))

    def _rearranged(self, new: list[Paragraph], busy: set[int], edits: list[Edit], wanted: int) -> list[Paragraph]:
        """Paragraphs inserted, deleted, moved, doubled, split and merged, where nothing else was edited."""
        still = [p for p in range(1, len(new) - 1) if p not in busy and sum(map(len, new[p])) >= 15]
        self.random.shuffle(still)
        chosen: list[int] = []
        for p in still:
            if all(abs(p - other) > 2 for other in chosen) and len(chosen) < max(1, wanted // 4):
                chosen.append(p)
        out: list[list[Paragraph]] = [[paragraph] for paragraph in new]
        for p in list(chosen):
            ids = {w.id for sentence in new[p] for w in sentence}
            kind = self.random.choice(("new", "gone", "moved", "doubled", "split", "merged"))
            if kind == "new":
                fresh = [self.sentence(), self.sentence()]
                out[p].append(fresh)
                edits.append(Edit("inserted", set(), {w.id for sentence in fresh for w in sentence}))
            elif kind == "gone":
                out[p] = []
                edits.append(Edit("deleted", ids))
            elif kind == "moved":
                goals = [q for q in still if abs(q - p) > 6 and all(abs(q - other) > 2 for other in chosen)]
                if goals:
                    goal = self.random.choice(goals)
                    chosen.append(goal)
                    out[goal].append(new[p])
                    out[p] = []
                    edits.append(Edit("moved", ids, ids))
            elif kind == "doubled":
                goals = [q for q in still if abs(q - p) > 6 and all(abs(q - other) > 2 for other in chosen)]
                if goals:
                    goal = self.random.choice(goals)
                    chosen.append(goal)
                    copy = [[self.word(w.said) for w in sentence] for sentence in new[p]]
                    out[goal].append(copy)
                    edits.append(Edit("inserted", set(), {w.id for sentence in copy for w in sentence}))
            elif kind == "split" and len(new[p]) > 1:
                out[p] = [new[p][:1], new[p][1:]]
            elif kind == "merged" and p + 1 not in chosen and out[p + 1] == [new[p + 1]]:
                out[p], out[p + 1] = [new[p] + new[p + 1]], []
        return [[s for s in paragraph if s] for group in out for paragraph in group if any(paragraph)]

    # -- layout ---------------------------------------------------------------------------------------------

    def laid_out(
        self, text: list[Paragraph], *, width: int = 90, hyphens: bool = False, lines: int = 0, head: str = ""
    ) -> tuple[str, dict[int, tuple[int, int]]]:
        """Text and the place of each word. lines: of a page, 0 for none; head: on each page."""
        rows: list[list[tuple[int, str]]] = []  # pieces of words: (id, piece)
        for paragraph in text:
            row: list[tuple[int, str]] = []
            used = 0
            for word in (w for sentence in paragraph for w in sentence):
                if used and used + 1 + len(word.said) > width:
                    letters = word.said
                    if hyphens and letters.isalpha() and letters.islower() and len(letters) > 6:
                        cut = len(letters) // 2
                        rows.append([*row, (word.id, letters[:cut] + "-")])
                        row, used = [(word.id, letters[cut:])], len(letters) - cut
                        continue
                    rows.append(row)
                    row, used = [], 0
                row.append((word.id, word.said))
                used += len(word.said) + bool(used)
            rows += [row, []]
        pieces: list[str] = []
        places: dict[int, tuple[int, int]] = {}
        at = 0

        def put(said: str) -> None:
            nonlocal at
            pieces.append(said)
            at += len(said)

        for number, row in enumerate(rows):
            if lines and number % lines == 0:
                if number:
                    put(f"\n{number // lines}\n\f")
                put(f"{head}\n\n")
            for place, (id_, piece) in enumerate(row):
                if place:
                    put(" ")
                start = places[id_][0] if id_ in places else at
                put(piece)
                places[id_] = (start, at)
            put("\n")
        return "".join(pieces), places

    def pair(self, base: list[Paragraph], share: float, profile: str) -> Pair:
        """profile: "plain", "wrapped", "paged" or "stripped". share 0: no edit at all."""
        new, edits = self.edit(base, share) if share else (base, [])
        unseen: list[Edit] = []
        old_layout: dict = {"width": 80}
        new_layout: dict = {"width": 80}
        if profile == "wrapped":
            old_layout, new_layout = {"width": 95}, {"width": 52, "hyphens": True}
        if profile == "paged":
            old_layout = {"width": 84, "hyphens": True, "lines": 44, "head": HEADS[0]}
            new_layout = {"width": 61, "hyphens": True, "lines": 38, "head": HEADS[1]}
        old_text, old_places = self.laid_out(base, **old_layout)
        new_text, new_places = self.laid_out(new, **new_layout)
        if profile == "stripped":
            new_text, new_places = stripped(new_text, new_places)
            unseen = [edit for edit in edits if edit.number]  # digits are among what was lost
            edits = [edit for edit in edits if not edit.number]
        order = [w.id for paragraph in base for sentence in paragraph for w in sentence]
        return Pair(
            old_text, new_text, edits, old_places, new_places, order,
            {id_: id_ for id_ in order if id_ in new_places}, unseen,
            {w.id for paragraph in base for one in paragraph for w in one if not any(map(str.isalpha, w.said))}
            if profile == "stripped" else set(),
        )  # fmt: skip


def stripped(text: str, places: dict[int, tuple[int, int]]) -> tuple[str, dict[int, tuple[int, int]]]:
    """As an index copy has it: no capitals, digits, accents or punctuation."""
    plain = "".join(_plain(point) for point in text)
    letters = {id_: (start, end) for id_, (start, end) in places.items() if plain[start:end].strip()}
    return plain, letters


def _plain(point: str) -> str:
    if point.isalpha():
        return unicodedata.normalize("NFKD", point)[0].lower()
    return "\n" if point == "\n" else " "
