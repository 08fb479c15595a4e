"""The real window on a small project, for the panes in it."""

from panes.shell.reading_desk import look, make_window, project, window  # noqa: F401
