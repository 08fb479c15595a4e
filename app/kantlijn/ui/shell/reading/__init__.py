"""Going about in documents: places, panes that scroll together, layout, the lens."""
