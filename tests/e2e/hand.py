"""The hand on the pointer and the keys of this display."""

import atexit
import os
import re
import select
import subprocess
import time


class Hand:
    """xdotool, which reads a line, does it, says at once what it has to say (by stdbuf) and reads the next: to
    start it anew for each would cost more than all that it does."""

    process = None
    DONE = re.compile(rb"^x:\d+ y:\d+ screen:\d+ window:\d+\n", re.MULTILINE)

    @classmethod
    def start(cls):
        cls.process = subprocess.Popen(["stdbuf", "-oL", "xdotool", "-"], bufsize=0, stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    @classmethod
    def stop(cls):
        if cls.process is not None:
            cls.process.kill()
            with cls.process:
                cls.process = None

    @classmethod
    def do(cls, line):
        """What it says. An error of the X server ends it."""
        if cls.process is None:
            cls.start()
        said, end = b"", time.monotonic() + 60
        try:
            cls.process.stdin.write(f"{line}\ngetmouselocation\n".encode())
            while not (done := cls.DONE.search(said)):
                if not select.select([cls.process.stdout], [], [], max(0, end - time.monotonic()))[0]:
                    cls.stop()
                    raise AssertionError(f"xdotool does not come to the end of “{line}”")
                more = os.read(cls.process.stdout.fileno(), 1 << 16)
                if not more:
                    raise BrokenPipeError
                said += more
            said = said[:done.start()]
        except BrokenPipeError:
            cls.stop()
        return said.decode("utf-8", "replace")


atexit.register(Hand.stop)


def xdotool(*arguments):
    """Where keys are pressed a process of its own does it: not all windows heed those of one that was there
    before them."""
    if {"key", "keydown", "keyup", "type"} & set(arguments):
        subprocess.run(["xdotool", *map(str, arguments)], stderr=subprocess.DEVNULL, timeout=60)
        return ""
    return Hand.do(" ".join(map(str, arguments)))
