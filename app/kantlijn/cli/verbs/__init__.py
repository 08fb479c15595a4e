"""The verbs, a family a file: each adds its grammar and runs with (asked, console, settings)."""
