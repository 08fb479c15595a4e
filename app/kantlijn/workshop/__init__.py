"""A second guest for heavy Python: writing summaries, folding, comparing. Knows: text, model, export."""
