"""A summary becomes a file, one writer a module. Knows: model, text."""
