"""The hand on the pointer and the keys of this display."""

import atexit
import os
import pty
import re
import select
import subprocess
import time


class Hand:
    """xdotool, which reads a line, does it and reads the next: to start it anew for each would cost more than
    all that it does. On a terminal it says at once what it has to say."""

    process = None
    DONE = re.compile(rb"^x:\d+ y:\d+ screen:\d+ window:\d+\r?\n", re.MULTILINE)

    @classmethod
    def start(cls):
        cls.terminal, theirs = pty.openpty()
        cls.process = subprocess.Popen(["xdotool", "-"], stdin=subprocess.PIPE, stdout=theirs,
                                       stderr=subprocess.DEVNULL)
        os.close(theirs)

    @classmethod
    def stop(cls):
        if cls.process is not None:
            cls.process.stdin.close()
            cls.process.kill()
            cls.process.wait()
            os.close(cls.terminal)
            cls.process = None

    @classmethod
    def do(cls, line):
        """What it says. An error of the X server ends it."""
        if cls.process is None:
            cls.start()
        said, end = b"", time.monotonic() + 60
        try:
            cls.process.stdin.write(f"{line}\ngetmouselocation\n".encode())
            cls.process.stdin.flush()
            while not (done := cls.DONE.search(said)):
                if not select.select([cls.terminal], [], [], max(0, end - time.monotonic()))[0]:
                    raise AssertionError(f"xdotool does not come to the end of “{line}”")
                said += os.read(cls.terminal, 1 << 16)
            said = said[:done.start()]
        except OSError:
            cls.stop()
        return said.decode("utf-8", "replace").replace("\r", "")


atexit.register(Hand.stop)


def xdotool(*arguments):
    """Where keys are pressed a process of its own does it: not all windows heed those of one that was there
    before them."""
    if {"key", "keydown", "keyup", "type"} & set(arguments):
        subprocess.run(["xdotool", *map(str, arguments)], stderr=subprocess.DEVNULL, timeout=60)
        return ""
    return Hand.do(" ".join(map(str, arguments)))
