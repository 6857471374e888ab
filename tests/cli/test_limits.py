"""The command-line program where memory is limited: it ends, with success or a line that says why."""

import os
import re
import resource
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.path.abspath(sys.argv.pop(1))
SMALL = ["run", "double-descent", "-p", "n-train=30", "-p", "to=40", "-p", "n-test=20", "-p",
         "seeds=2", "--reproducible", "-o", "-"]
MIB = 1 << 20


def limit(which, size):
    return lambda: resource.setrlimit(which, (size, size))


@unittest.skipIf("ASAN_OPTIONS" in os.environ, "sanitizers need all of the address space")
class Limits(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def call(self, *arguments, **options):
        """Never under OPENBLAS_NUM_THREADS, which a user does not set."""
        environment = {key: value for key, value in os.environ.items()
                       if key != "OPENBLAS_NUM_THREADS"}
        return subprocess.run([PROGRAM, *map(str, arguments)], cwd=self.folder, env=environment,
                              capture_output=True, text=True, timeout=60, **options)

    def refused(self, done, words):
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertIn(words, done.stderr)

    def sweep(self, which):
        """From where the loader has no room for the libraries to where all is well; between them one
        line and status 1, and no way back."""
        whole = self.call(*SMALL)
        self.assertEqual(whole.returncode, 0)
        stages = []
        for size in (20, 60, 80, 100, 150, 200, 250, 300, 400, 600, 1000, 2000):
            done = self.call(*SMALL, preexec_fn=limit(which, size * MIB))
            if done.returncode == 127:
                self.assertIn("error while loading shared libraries", done.stderr)
                stages.append(0)
            elif done.returncode == 1:
                self.refused(done, "limit")
                stages.append(1)
            else:
                self.assertEqual(done.returncode, 0, (size, done.stderr))
                self.assertEqual(done.stdout, whole.stdout)
                stages.append(2)
        self.assertEqual(stages, sorted(stages))
        self.assertIn(1, stages)
        self.assertEqual(stages[-1], 2)

    def test_address_space(self):
        self.sweep(resource.RLIMIT_AS)

    def test_data(self):
        self.sweep(resource.RLIMIT_DATA)

    def test_figures(self):
        """Fonts are looked for by threads of their own, which end the program if they cannot start."""
        ended = set()
        for size in range(230, 600, 40):
            done = self.call("render", *SMALL[1:-3], "--threads", "1", "-o", "a.svg", "--force",
                             preexec_fn=limit(resource.RLIMIT_AS, size * MIB))
            ended.add(done.returncode)
            if done.returncode != 0:
                self.refused(done, "limit")
        self.assertEqual(ended, {0, 1})

    def test_many_workers(self):
        """As many as there is room for, with the same result."""
        done = self.call(*SMALL, "--threads", "50", preexec_fn=limit(resource.RLIMIT_AS, 700 * MIB))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout, self.call(*SMALL).stdout)

    def test_stored_results(self):
        done = self.call("run", "learning-curve", "-p", "stop=best", "-p", "points=400", "-p",
                         "dim=3,4,5,6", "-p", "seeds=1000", "-p", "to=500",
                         preexec_fn=limit(resource.RLIMIT_AS, 1000 * MIB))
        self.refused(done, "smaller seeds, points or to")

    def points(self, name, count):
        path = self.folder / name
        path.write_text("".join(f"{i / 7},{i * i % 11}\n" for i in range(count)))
        return path

    @staticmethod
    def peak(process):
        """Bytes of memory that the program has had in use at most so far."""
        status = Path(f"/proc/{process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s*(\d+) kB", status)[1]) * 1024

    def test_text_is_not_in_memory(self):
        """The text of this kernel has more than twice as many bytes as its numbers: when the first of it comes, a part
        of it is in memory beside them, and not the whole."""
        few, many, first = self.points("few.csv", 40), self.points("many.csv", 20000), self.points("first.csv", 7)
        points, numbers = many.read_bytes(), 8 * 40 * 20000
        # What is given out and not used is not in memory, unless the allocator fills it.
        environment = {key: value for key, value in os.environ.items() if key != "MALLOC_PERTURB_"}
        with subprocess.Popen([PROGRAM, "kernel", few, "--with", "-"], env=environment,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            # More than a pipe holds: it has begun to read.
            process.stdin.write(points[:200000])
            before = self.peak(process)
            process.stdin.write(points[200000:])
            process.stdin.close()
            text = process.stdout.readline()
            taken = self.peak(process) - before
            text += process.stdout.read()
        self.assertEqual(process.returncode, 0)
        self.assertGreater(len(text), 2.2 * numbers)
        self.assertGreater(taken, numbers)
        self.assertLess(taken, numbers + 0.9 * len(text))
        done = self.call("kernel", few, "--with", many, "-o", "out.csv")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(text, (self.folder / "out.csv").read_bytes())
        rows = [row.split(",") for row in text.decode().splitlines()]
        self.assertEqual({len(row) for row in rows}, {20000})
        self.assertEqual("".join(",".join(row[:7]) + "\n" for row in rows),
                         self.call("kernel", few, "--with", first).stdout)

    def test_kernel_too_large(self):
        many = self.points("many.csv", 8000)
        self.refused(self.call("kernel", many, preexec_fn=limit(resource.RLIMIT_AS, 500 * MIB)),
                     "smaller set of points")


if __name__ == "__main__":
    unittest.main()
