"""What can go wrong, each with its sentence.

A Known error carries the one sentence its reader gets: which file, what is wrong, what to do. Anything
else that is raised is a bug: it is logged with its trace, and said once in general words.
"""

from __future__ import annotations

import errno

from kantlijn.words import say


class Known(Exception):
    """Something a reader can understand and mend. str() is the sentence to show."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadFile(Known):
    """A file that cannot be imported or opened."""


class PasswordNeeded(BadFile):
    """The file is encrypted and no password, or a wrong one, was given."""


class NotAProject(Known):
    """The file is no Kantlijn project, or too damaged to open."""


class NewerProject(Known):
    """The project was written by a newer Kantlijn."""


class InUse(Known):
    """Another window or command has the project."""


class ReadOnly(Known):
    """The project can be read but not written."""


class DiskTrouble(Known):
    """The disk is full, failing, or refused the write; nothing was changed."""


class NotFound(Known):
    """A document, theme, annotation or place that does not exist, or is named ambiguously."""


class BadRange(Known):
    """A range outside the text, empty, or upside down."""


class EngineTrouble(Known):
    """The engine could not do it: the page crashed it, took too long or too much memory."""


class Cancelled(Known):
    """The reader cancelled; nothing was kept."""


def reason_of(trouble: OSError) -> str:
    """Why the system refused, in the reader's language, to stand inside a sentence; else in the system's words."""
    known = {
        errno.EACCES: say("Permission denied"),
        errno.EPERM: say("Operation not permitted"),
        errno.ENOENT: say("No such file or directory"),
        errno.EEXIST: say("File exists"),
        errno.EISDIR: say("Is a directory"),
        errno.ENOTDIR: say("Not a directory"),
        errno.ENOTEMPTY: say("Directory not empty"),
        errno.ENOSPC: say("No space left on device"),
        errno.EDQUOT: say("Disk quota exceeded"),
        errno.EFBIG: say("File too large"),
        errno.EROFS: say("Read-only file system"),
        errno.EIO: say("Input/output error"),
        errno.ENAMETOOLONG: say("File name too long"),
        errno.ELOOP: say("Too many levels of symbolic links"),
        errno.EMFILE: say("Too many open files"),
        errno.EBUSY: say("Device or resource busy"),
        errno.ETIMEDOUT: say("Connection timed out"),
        errno.ESTALE: say("Stale file handle"),
    }
    return known.get(trouble.errno or 0) or trouble.strerror or str(trouble)


def trace_of(error: BaseException | None) -> str:
    """An error's kind and the lines of our code it came by, for a log; its message may hold words of documents."""
    from traceback import format_tb

    told: list[str] = []
    met: set[int] = set()
    while error is not None and id(error) not in met:
        met.add(id(error))
        told.append("".join(format_tb(error.__traceback__)) + _kind(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n… because of\n".join(told)


def _kind(error: BaseException) -> str:
    """Its class, and the number or name that the system or SQLite gave it."""
    detail = getattr(error, "sqlite_errorname", None) or getattr(error, "errno", None)
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    return f"{name} ({detail})" if isinstance(detail, int | str) else name
