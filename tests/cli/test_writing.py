"""Files are whole or not there, whatever fails and whatever ends the program while it writes.

MOMENTS=200 in the environment is the long form: so many random moments for each command and signal, and
every fault there is."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

PROGRAM, FAULTS = map(os.path.abspath, (sys.argv.pop(1), sys.argv.pop(1)))
MOMENTS = int(os.environ.get("MOMENTS", 0))
SMALL = ["double-descent", "-p", "n-train=50", "-p", "dim=5", "-p", "seeds=4", "-p", "to=60", "-p", "n-test=100"]
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
ERRORS = ("ENOSPC", "EIO", "EDQUOT", "EINTR") if MOMENTS else ("ENOSPC", "EINTR")
OLD = b"what was there before\n"


def reset_signals():
    for number in SIGNALS[1:]:
        signal.signal(number, signal.SIG_DFL)


@unittest.skipIf("ASAN_OPTIONS" in os.environ or "TSAN_OPTIONS" in os.environ,
                 "what is preloaded and the sanitizers both want to come first")
class Base(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.base = Path(folder.name).resolve()
        self.points = self.base / "points.csv"
        self.points.write_text("1,0\n0.6,0.8\n0,1\n")
        # The loader takes a blank in a path for its end.
        self.faults = self.base / "faults.so"
        self.faults.symlink_to(FAULTS)
        self.log = self.base / "log"
        self.folder = self.base / "folder"
        self.folder.mkdir()
        self.output = self.folder / "kernel.csv"
        self.command = ["kernel", self.points, "-o", self.output]
        self.new = subprocess.run([PROGRAM, "kernel", self.points], capture_output=True, check=True).stdout

    def prepare(self, there):
        for path in self.folder.iterdir():
            path.unlink()
        if there:
            self.output.write_bytes(OLD)
            self.output.chmod(0o640)
        return [*map(str, self.command), *["--force"] * there]

    def call(self, there, **settings):
        """What came of it, and the call that was struck."""
        command = self.prepare(there)
        self.log.unlink(missing_ok=True)
        environment = {**os.environ, "LD_PRELOAD": str(self.faults), "FAULT_FOLDER": str(self.folder),
                       "FAULT_LOG": str(self.log), **{f"FAULT_{k}": str(int(v)) for k, v in settings.items()}}
        done = subprocess.run([PROGRAM, *command], env=environment, capture_output=True,
                              preexec_fn=reset_signals, timeout=60)
        return done, self.log.read_text().split() if self.log.exists() else []

    def content(self):
        return self.output.read_bytes() if self.output.exists() else None

    def names(self):
        return [path.name for path in self.folder.iterdir() if path != self.output]

    def ways(self):
        """Over an old file and without one, with and without files that have no name."""
        for there in (True, False):
            for named in (False, True):
                yield there, {"NAMED": 1} if named else {}


class Faults(Base):
    def check(self, done, there, struck):
        self.assertEqual(self.names(), [], struck)
        if done.returncode == 0:
            self.assertEqual(self.content(), self.new, struck)
            self.assertEqual(done.stderr, b"")
            return
        self.assertEqual(done.returncode, 1, (struck, done.stderr))
        self.assertEqual(self.content(), OLD if there else None, struck)
        self.assertEqual(done.stderr.count(b"\n"), 1, done.stderr)
        self.assertTrue(done.stderr.startswith(b"tangent-lab-cli: "), done.stderr)
        self.assertIn(b"kernel.csv", done.stderr)

    def test_each_call(self):
        seen, failed = set(), set()
        for there, way in self.ways():
            for error in ERRORS[:1] if way and not MOMENTS else ERRORS:
                for at in range(1, 1000):
                    done, struck = self.call(there, AT=at, ERRNO=getattr(errno, error), **way)
                    self.check(done, there, (error, at, struck, way))
                    seen.update(struck)
                    if done.returncode != 0:
                        failed.update(struck)
                        self.assertNotEqual((error, struck), ("EINTR", ["write"]))
                        self.assertNotEqual((error, struck), ("EINTR", ["fsync"]))
                    if not struck:
                        self.assertEqual(done.returncode, 0)
                        break
        self.assertLessEqual({"open", "write", "fsync", "close", "linkat", "renameat", "renameat2", "flock",
                              "fchmod", "fchown"}, seen)
        self.assertLessEqual({"open", "write", "fsync", "linkat", "renameat", "fchmod"}, failed)

    def test_short_writes(self):
        for there, way in self.ways():
            done, struck = self.call(there, AT=1000000, SHORT=1, **way)
            self.assertEqual((done.returncode, struck), (0, []))
            self.assertEqual(self.content(), self.new)

    def test_access_is_kept(self):
        for named in (False, True):
            self.call(True, AT=1000000, **({"NAMED": 1} if named else {}))
            self.assertEqual(self.output.stat().st_mode & 0o7777, 0o640)


class Moments(Base):
    def check(self, status, number, there):
        self.assertIn(status, (0, -number))
        self.assertIn(self.content(), [self.new] if status == 0 else [self.new, OLD if there else None])
        if number != signal.SIGKILL:
            self.assertEqual(self.names(), [])
        for name in self.names():
            self.assertRegex(name, r"^\.tangent-lab-[0-9a-f]{16}$")
        return bool(self.names())

    def sweep(self):
        """The next writer takes away what a killed one has left."""
        other = self.folder / "other.csv"
        subprocess.run([PROGRAM, "kernel", str(self.points), "-o", str(other)], check=True)
        other.unlink()
        self.assertEqual(self.names(), [])

    def test_each_call(self):
        """A signal before each of the calls that write."""
        left = 0
        for there, way in self.ways():
            for numbers in zip(SIGNALS) if MOMENTS else [SIGNALS[:1], SIGNALS[1:]]:
                for at in range(1, 1000):
                    number = numbers[at % len(numbers)]
                    done, struck = self.call(there, AT=at, SIGNAL=number, **way)
                    if self.check(done.returncode, number, there):
                        left += 1
                        if MOMENTS or left == 1:
                            self.sweep()
                    if not struck:
                        break
        self.assertGreater(left, 0)

    def draw(self, command, name, read):
        """At random moments, over the whole of a run."""
        self.output = self.folder / name
        self.command = [*command, "-o", self.output]
        start = time.monotonic()
        subprocess.run([PROGRAM, *map(str, self.command)], check=True)
        length = time.monotonic() - start
        self.new = self.output.read_bytes()
        self.assertTrue(read(self.new))
        draw = random.Random(name)
        for number in SIGNALS:
            for moment in range(MOMENTS or 2):
                command = self.prepare(moment % 2 == 0)
                process = subprocess.Popen([PROGRAM, *command], preexec_fn=reset_signals,
                                           stderr=subprocess.DEVNULL)
                time.sleep(draw.uniform(0, 1.1 * length))
                process.send_signal(number)
                if self.check(process.wait(), number, moment % 2 == 0):
                    self.sweep()

    def test_run(self):
        self.draw(["run", *SMALL, "--reproducible"], "a.json", json.loads)

    def test_render(self):
        self.draw(["render", *SMALL], "a.svg", lambda data: data.endswith(b"</svg>\n"))

    def test_export(self):
        self.draw(["render", *SMALL, "--dpi", "200" if MOMENTS else "96"], "a.png", lambda data: b"IEND" in data[-12:])

    def test_limit_on_size(self):
        """The limit is an error and not the end."""
        def limit():
            import resource
            resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))

        for there in (True, False):
            done = subprocess.run([PROGRAM, *self.prepare(there)], preexec_fn=limit, capture_output=True)
            self.assertEqual(done.returncode, 1)
            self.assertEqual(done.stderr.count(b"\n"), 1)
            self.assertIn(b"kernel.csv", done.stderr)
            self.assertEqual(self.content(), OLD if there else None)
            self.assertEqual(self.names(), [])


if __name__ == "__main__":
    unittest.main()
