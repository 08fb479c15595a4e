"""Window, command or engine? The only file that knows them all."""

from __future__ import annotations

import sys


def main() -> int:
    """Start what the arguments ask for; returns the exit code."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--engine"]:
        from kantlijn.engine.serve import main as engine

        return engine(arguments[1:])
    if arguments[:1] == ["--workshop"]:
        from kantlijn.workshop.serve import main as workshop

        return workshop(arguments[1:])
    from kantlijn.cli.main import is_command
    from kantlijn.cli.main import main as command

    if is_command(arguments):
        return command(arguments)
    from kantlijn.ui.start import main as window

    return window(arguments)


if __name__ == "__main__":
    sys.exit(main())
