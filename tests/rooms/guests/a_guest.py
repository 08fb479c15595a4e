"""A guest that misbehaves on request."""

import os
import sys
import time

from kantlijn.errors import BadFile
from kantlijn.guests.serve import serve
from kantlijn.words import say

HELD = []


def echo(plain, blobs):
    return plain, blobs


def shout(plain, blobs):
    print("text on standard output")  # noqa: T201 - that is the point
    os.write(1, b"bytes on standard output\n")
    return {"read": sys.stdin.read()}, []


def sleep(plain, blobs):
    time.sleep(plain["seconds"])
    return {}, []


def swell(plain, blobs):
    held = [bytearray(b"x" * (8 << 20)) for _ in range(plain["pieces"])]
    time.sleep(30)
    return {"held": len(held)}, []


def keep(plain, blobs):
    HELD.extend(bytearray(b"x" * (8 << 20)) for _ in range(plain["pieces"]))
    return {}, []


def refuse(plain, blobs):
    raise BadFile(say("“{file}” is empty; there is nothing to read in it.", file="brief.pdf"))


def stumble(plain, blobs):
    raise KeyError(plain["said"])


def leave(plain, blobs):
    os._exit(3)


def who(plain, blobs):
    return {"process": os.getpid()}, []


if __name__ == "__main__":
    if sys.argv[1:] == ["never"]:
        sys.exit(1)
    handlers = (echo, shout, sleep, swell, keep, refuse, stumble, leave, who)
    sys.exit(serve({handler.__name__: handler for handler in handlers}))
