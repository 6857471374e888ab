"""A person at the kernels: another depth, width and kernel, and both views as files that read back.

Arguments as of test_window.py.
"""

import csv
import json
import re
import subprocess
import unittest

from accessible import DROP_DOWN, IMAGE, LABEL, SLIDER
from hand import xdotool
from look import box, find, find_again, find_now, gone, wait
from test_window import TITLE, Base, cli, number

SMALL = ("kernel", "-p", "n-train=40", "-p", "dim=3", "-p", "seeds=8")


class Kernels(Base):
    small = SMALL
    size = (1280, 800)

    def setUp(self):
        super().setUp()
        self.matrices = {}
        self.set(self.row("Width"), "64")
        self.set(self.row("Depth"), "1")
        self.bench.wait_for_title("NTK against the angle, ReLU, m = 64")
        self.matrix("L = 1")
        self.bench.wait_for_end(8)

    def matrix(self, words):
        """The figure below."""
        name = re.compile("^Matrix of the .*" + re.escape(words))
        return find_again(self.matrices, self.person.window, IMAGE, name)

    def looks(self, widget):
        x, y = self.person.place(widget, 0, 0)
        _, _, width, height = box(widget)
        return subprocess.run(["import", "-silent", "-window", "root", "-crop", f"{width}x{height}+{x}+{y}",
                               "-depth", "8", "rgb:-"], capture_output=True, timeout=30, check=True).stdout

    def point(self, widget, x, y):
        xdotool("mousemove", *self.person.place(widget, x, y), "sleep", 0.1)

    def test_what_is_said(self):
        expected = json.loads(cli("run", *SMALL, "-o", "-"))
        self.assertEqual(self.bench.verdict(), expected["verdict"])
        self.assertRegex(self.bench.status(), r"^8 of 8 seeds\s")
        expected = json.loads(cli("run", *SMALL, "--view", "matrix", "-o", "-"))
        self.assertEqual(self.matrix("n = 40").description, expected["verdict"])
        find(self.person.window, LABEL, expected["verdict"])
        for absent in ("Noise", "Ridge", "From", "Initialization", "Test points"):
            self.assertIsNone(find_now(self.person.window, SLIDER, absent))

    def test_depth(self):
        row, seen = self.row("Depth"), set()
        self.move(row, 5 / 9, lambda: seen.add(self.bench.verdict()[:10]), steps=30)
        self.assertGreater(len(seen), 2, seen)
        wait(lambda: self.bench.verdict().startswith("At depth 6 "), "depth 6")
        self.matrix("L = 6")
        self.person.press("Left", "Left")
        wait(lambda: self.bench.verdict().startswith("At depth 4 "), "depth 4")
        self.matrix("L = 4")

    def test_width_without_end(self):
        self.set(self.row("Width"), "inf")
        wait(lambda: self.bench.title() == "NTK against the angle, ReLU", "no width in the title")
        wait(lambda: re.fullmatch(r"[\d.]+ m?s", self.bench.status()), "a time alone")
        self.assertIsNone(find_now(self.person.window, SLIDER, "Seeds"))
        wait(lambda: self.matrix("n = 40").description.startswith("Between two of the 40 points"), "one matrix")

    def test_kernel_without_network(self):
        self.pick(find(self.person.window, DROP_DOWN, "Kernel"), "Laplace")
        self.bench.wait_for_title("Laplace kernel against the angle")
        gone(self.person.window, SLIDER, "Depth")
        find(self.person.window, SLIDER, "Length scale")
        self.pick(find(self.person.window, DROP_DOWN, "Kernel"), "NTK")
        self.bench.wait_for_title("NTK against the angle")

    def test_pointing_at_a_cell(self):
        self.point(self.bench.figure, *TITLE)
        before = self.looks(self.bench.figure)
        self.point(self.matrix("n = 40"), 0.42, 0.5)
        wait(lambda: self.looks(self.bench.figure) != before, "a line in the profile")
        self.point(self.bench.figure, *TITLE)
        wait(lambda: self.looks(self.bench.figure) == before, "no line")

    def test_pointing_with_keys(self):
        self.person.click(self.matrix("n = 40"), 0.03, 0.5)  # beside the cells
        self.point(self.bench.figure, *TITLE)
        before = self.looks(self.bench.figure)
        for keys in (("Down", "Down", "Right"), ("Page_Down",)):
            self.person.press(*keys)
            wait(lambda: self.looks(self.bench.figure) != before, "a line in the profile")
            self.person.press("Escape")
            wait(lambda: self.looks(self.bench.figure) == before, "no line")

    def test_a_click_moves_no_cursor(self):
        verdict = self.bench.verdict()
        self.person.click(self.bench.figure, 0.5, 0.5)
        self.person.press("Right")
        self.assert_no_job(self.bench.status())
        self.assertEqual(self.bench.verdict(), verdict)
        self.assertEqual(number(self.row("Depth").entry), 1)

    def test_export_of_the_profile(self):
        self.person.click(self.bench.figure, *TITLE)
        expected = json.loads(cli("run", *SMALL, "-o", "-"))
        for name, kind in (("profile.csv", "CSV"), ("profile.svg", "SVG"), ("profile.png", "PNG")):
            path = self.export(name, kind)
            self.assertEqual(self.parameters_of(path), expected["parameters"])
        with open(self.folder / "profile.csv", encoding="utf-8") as file:
            text = file.read()
        self.assertIn("empirical", text)
        self.assertIn("ntk-depth-6", text)

    def test_export_of_the_matrix(self):
        self.person.click(self.matrix("n = 40"), 0.42, 0.5)
        path = self.export("matrix.csv", "CSV")
        again = json.loads(cli("run", path, "-o", "-"))
        self.assertEqual(again["parameters"]["view"], "matrix")
        field = next(f for f in again["fields"] if f["id"] == "infinite")
        with open(path, encoding="utf-8") as file:
            rows = [row for row in csv.reader(file) if "infinite" in row[:2]]  # behind the panel
        self.assertEqual(len(rows), 1600)
        worst = max(abs(float(row[-1]) - field["z"][i // 40][i % 40]) for i, row in enumerate(rows))
        self.assertLess(worst, 1e-8)


if __name__ == "__main__":
    unittest.main()
