"""project.qde: a project in REFI-QDA, every version of a document as a source of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kantlijn.exchange.refi_codebook import write_codes
from kantlijn.exchange.refi_extras import GUID, RefiExport, extras_of, selection_guid
from kantlijn.exchange.refi_names import (
    ORIGIN,
    PROJECT_SPACE,
    guid_of,
    named_guid,
    one_line,
    time_of,
)
from kantlijn.exchange.refi_xml import Attributes, Xml
from kantlijn.model.annotation import Anchor, Annotation
from kantlijn.model.document import Document, Version
from kantlijn.text.within import box_of, framed, upright
from kantlijn.words import say

_NAME = 250
"""Code points of a passage that its selection is named by: enough for a program to check its place."""
_TITLE = 80
_VARIABLES = ("author", "organisation", "date", "kind", "identifier", "language", "url")


def is_pdf(version: Version) -> bool:
    """Whether the version is a PDF; anything else is a text."""
    return version.mime == "application/pdf"


def text_file(version: Version, source: str) -> str:
    """The name in the archive, without folder, of the version's canonical text."""
    return f"{named_guid('text', source) if is_pdf(version) else source}.txt"


def project_to_xml(export: RefiExport) -> bytes:
    """The file, UTF-8, valid against the schema of March 2019 whatever the project holds."""
    return _Writer(export).written()


class _Writer:
    def __init__(self, export: RefiExport) -> None:
        self._xml = Xml()
        self._export = export
        self._handover = export.handover
        self._sources = export.source_guids()
        self._documents = {one.id: one for one in self._handover.documents}
        self._annotations = {one.passage.id: one.passage.annotation for one in self._handover.handed}
        self._themes = {one.id for one in self._handover.themes}
        self._anchors: dict[str, list[Anchor]] = {}
        for anchor in export.anchors:
            if anchor.state != "lost" and anchor.annotation in self._annotations:
                self._anchors.setdefault(anchor.version, []).append(anchor)
        self._names = self._titles()

    def written(self) -> bytes:
        xml, handover = self._xml, self._handover
        attributes: Attributes = {
            "xmlns": PROJECT_SPACE, "name": one_line(handover.project) or "?", "origin": ORIGIN,
            "creatingUserGUID": _user(handover.author), "creationDateTime": time_of(handover.made),
        }  # fmt: skip
        with xml.inside("Project", attributes):
            self._write_users()
            if handover.themes:
                with xml.inside("CodeBook"):
                    write_codes(xml, handover.themes, handover.language)
            self._write_variables()
            if handover.versions:
                with xml.inside("Sources"):
                    for version in handover.versions:
                        self._write_source(version)
            with xml.inside("Notes"):
                self._write_notes()
            self._write_links()
            self._write_sets()
            xml.empty("NoteRef", targetGUID=GUID)
        return xml.bytes()

    # -- people, documents ----------------------------------------------------------------------------------

    def _write_users(self) -> None:
        authors = {one_line(one.author) for one in self._annotations.values()}
        authors |= {one_line(one.author) for one in self._handover.relations}
        names = sorted((authors | {one_line(self._handover.author)}) - {""})
        if names:
            with self._xml.inside("Users"):
                for name in names:
                    self._xml.empty("User", guid=_user(name), name=name)

    def _titles(self) -> dict[str, str]:
        """A name for each version; no two are the same, which some programs cannot bear."""
        files: dict[str, int] = {}
        for version in self._handover.versions:
            files[version.document] = files.get(version.document, 0) + 1
        names: dict[str, str] = {}
        taken: set[str] = set()
        for version in self._handover.versions:
            document = self._documents.get(version.document)
            title = one_line(document.title if document else "") or one_line(version.file) or "?"
            name = f"{title} – {one_line(version.file)}" if files[version.document] > 1 else title
            place, free = 1, name
            while free.casefold() in taken:
                place += 1
                free = f"{name} ({place})"
            taken.add(free.casefold())
            names[version.id] = free
        return names

    def _write_variables(self) -> None:
        names = {
            "author": say("Author"), "organisation": say("Organisation"), "date": say("Date"),
            "kind": say("Kind"), "identifier": say("Identifier"), "language": say("Language"),
            "url": say("Web address"),
        }  # fmt: skip
        used = [name for name in _VARIABLES if any(getattr(one, name) for one in self._handover.documents)]
        if used:
            with self._xml.inside("Variables"):
                for name in used:
                    self._xml.empty(
                        "Variable", guid=named_guid("variable", name), name=names[name], typeOfVariable="Text"
                    )

    def _write_source(self, version: Version) -> None:
        xml, guid, document = self._xml, self._sources[version.id], self._documents.get(version.document)
        attributes: Attributes = {
            "guid": guid, "name": self._names[version.id], "creationDateTime": time_of(version.added),
        }  # fmt: skip
        anchors = self._anchors.get(version.id, [])
        areas = sorted((one for one in anchors if one.quads), key=lambda one: _area_order(one, guid))
        texts = sorted((one for one in anchors if not one.quads), key=lambda one: _order(one, guid))
        plain = f"internal://{text_file(version, guid)}"
        if not is_pdf(version):
            with xml.inside("TextSource", attributes, plainTextPath=plain):
                self._write_texts(texts, guid)
                self._write_about(document)
            return
        with xml.inside("PDFSource", attributes, path=f"internal://{guid}.pdf"):
            for anchor in areas:
                self._write_area(anchor, guid)
            with xml.inside(
                "Representation", guid=named_guid("text", guid), name=self._names[version.id], plainTextPath=plain
            ):
                self._write_texts(texts, guid)
            self._write_about(document)

    def _write_about(self, document: Document | None) -> None:
        if document is None:
            return
        if document.note:
            self._xml.empty("NoteRef", targetGUID=self._document_note(document))
        for name in _VARIABLES:
            if value := getattr(document, name):
                with self._xml.inside("VariableValue"):
                    self._xml.empty("VariableRef", targetGUID=named_guid("variable", name))
                    self._xml.text("TextValue", value)

    def _document_note(self, document: Document) -> str:
        return named_guid("document note", self._document_guid(document))

    def _document_guid(self, document: Document) -> str:
        """From its first version: the same wherever the document is imported."""
        first = next((one for one in self._handover.versions if one.document == document.id), None)
        return named_guid("document", self._sources[first.id] if first else document.id)

    # -- annotations ----------------------------------------------------------------------------------------

    def _write_texts(self, anchors: Sequence[Anchor], source: str) -> None:
        for anchor in anchors:
            start, end = anchor.range
            attributes: Attributes = {
                **self._made(anchor, source, one_line(anchor.quote, _NAME)), "startPosition": start,
                "endPosition": end,
            }  # fmt: skip
            with self._xml.inside("PlainTextSelection", attributes):
                self._write_tags(anchor, source)

    def _write_area(self, anchor: Anchor, source: str) -> None:
        page, quad = anchor.quads[0]
        pages = self._handover.pages.get(anchor.version, ())
        height = pages[page].height if page < len(pages) else 0.0
        frame = self._export.frames.get((anchor.version, page), upright(height))
        x0, y0, x1, y1 = framed(box_of(quad), frame)
        name = say("Area on page {page}", page=anchor.page_label or page + 1)
        attributes: Attributes = {
            **self._made(anchor, source, one_line(name)), "page": page, "firstX": round(x0),
            "firstY": round(y0), "secondX": round(x1), "secondY": round(y1),
        }  # fmt: skip
        with self._xml.inside("PDFSelection", attributes):
            self._write_tags(anchor, source)

    def _made(self, anchor: Anchor, source: str, name: str) -> Attributes:
        annotation = self._annotations[anchor.annotation]
        user = _user(annotation.author)
        return {
            "guid": selection_guid(anchor, source), "name": name, "creatingUser": user,
            "creationDateTime": time_of(annotation.created), "modifyingUser": user,
            "modifiedDateTime": time_of(annotation.modified),
        }  # fmt: skip

    def _write_tags(self, anchor: Anchor, source: str) -> None:
        annotation, guid = self._annotations[anchor.annotation], selection_guid(anchor, source)
        for theme in annotation.themes:
            if theme in self._themes:
                code = guid_of("theme", theme)
                with self._xml.inside(
                    "Coding", guid=named_guid("coding", f"{guid}/{code}"), creatingUser=_user(annotation.author),
                    creationDateTime=time_of(annotation.created),
                ):  # fmt: skip
                    self._xml.empty("CodeRef", targetGUID=code)
        if annotation.note:
            self._xml.empty("NoteRef", targetGUID=_note(annotation))

    # -- notes, relations, versions -------------------------------------------------------------------------

    def _write_notes(self) -> None:
        for document in self._handover.documents:
            if document.note:
                self._write_note(self._document_note(document), document.note)
        for annotation in self._annotations.values():
            if annotation.note:
                self._write_note(_note(annotation), annotation.note, annotation)
        for relation in self._handover.relations:
            if relation.note:
                status = say("Status: {status}", status=relation.status)
                self._write_note(named_guid("relation note", relation.id), relation.note, status=status)
        name = say("Kept by Kantlijn: what other programs have no place for. Leave as it is.")
        with self._xml.inside("Note", guid=GUID, name=name):
            self._xml.text("PlainTextContent", extras_of(self._export))

    def _write_note(
        self, guid: str, text: str, annotation: Annotation | None = None, *, status: str = ""
    ) -> None:
        attributes: Attributes = {"guid": guid, "name": one_line(text[: 4 * _TITLE], _TITLE)}
        if annotation is not None:
            attributes["creatingUser"] = _user(annotation.author)
            attributes["creationDateTime"] = time_of(annotation.created)
        with self._xml.inside("Note", attributes):
            self._xml.text("Description", status)
            self._xml.text("PlainTextContent", text)

    def _write_links(self) -> None:
        if not self._handover.relations:
            return
        with self._xml.inside("Links"):
            for relation in self._handover.relations:
                with self._xml.inside(
                    "Link", guid=guid_of("relation", relation.id), name=one_line(relation.type),
                    direction="OneWay", originGUID=guid_of("annotation", relation.source),
                    targetGUID=guid_of("annotation", relation.target),
                ):  # fmt: skip
                    if relation.note:
                        self._xml.empty("NoteRef", targetGUID=named_guid("relation note", relation.id))

    def _write_sets(self) -> None:
        several = list(self._of_several_versions())
        if not several:
            return
        with self._xml.inside("Sets"):
            for document, versions in several:
                guid, name = named_guid("set", self._document_guid(document)), one_line(document.title)
                with self._xml.inside("Set", guid=guid, name=name or "?"):
                    self._xml.text("Description", say("Versions of one document, the oldest first."))
                    for version in versions:
                        self._xml.empty("MemberSource", targetGUID=self._sources[version.id])

    def _of_several_versions(self) -> Iterable[tuple[Document, list[Version]]]:
        for document in self._handover.documents:
            versions = [one for one in self._handover.versions if one.document == document.id]
            if len(versions) > 1:
                yield document, versions


def _user(author: str) -> str:
    name = one_line(author)
    return named_guid("user", name) if name else ""


def _note(annotation: Annotation) -> str:
    return named_guid("annotation note", guid_of("annotation", annotation.id))


def _order(anchor: Anchor, source: str) -> tuple[int, int, str]:
    return anchor.range[0], -anchor.range[1], selection_guid(anchor, source)


def _area_order(anchor: Anchor, source: str) -> tuple[int, int, str]:
    return anchor.quads[0][0], anchor.range[0], selection_guid(anchor, source)
