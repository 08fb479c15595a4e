"""A reading pane: a header and a view of one document."""
