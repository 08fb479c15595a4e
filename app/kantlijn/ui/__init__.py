"""The window, the only room that knows Qt. Knows: usecases, text, model."""
