"""The register of recommendations: what was recommended, to whom, what was answered, and what came of it."""

from __future__ import annotations

from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.recipe import Wanted
from kantlijn.model.register import RegisterRow
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.read import annotation_rows
from kantlijn.usecases.summaries.summary_entries import Maker
from kantlijn.usecases.summaries.summary_groups import chosen_relations

_EVERYTHING = AnnotationFilter()


def register(desk: Desk, chosen: AnnotationFilter = _EVERYTHING) -> tuple[RegisterRow, ...]:
    """Every "responds to" that begins or ends at one of the chosen annotations, by recommendation as one reads.

    The target is the recommendation, the origin the response. The addressee is the organisation of the document
    that responds, else its author, else "". Where the filter names statuses, only these.
    """
    wanted = Wanted(chosen=chosen)
    found = chosen_relations(desk, annotation_rows(desk, chosen), wanted)
    return Maker(desk).relations(row for row in found if row.relation.type == "responds-to")
