"""From a selection to an annotation: themes, notes, shapes, relations."""
