"""How a guest process is started, asked, timed out and replaced. Knows: words, errors, paths."""
