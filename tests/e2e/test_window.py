"""The window as a person uses it: what is moved, typed and pressed, and what is then to be seen.

test_window.py PROGRAM COMMAND-LINE-PROGRAM LOCALE-FOLDER PICTURE-FOLDER [unittest's arguments]
"""

import csv
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree as ElementTree
from datetime import datetime
from pathlib import Path

from person import (BUTTON, DROP_DOWN, ENTRY, IMAGE, LABEL, PROGRESS, ROW, SLIDER, SWITCH, Person,
                    box, find, find_all, find_now, gone, holds, is_focused, is_pressed,
                    is_sensitive, text, value, wait, walk, xdotool)

PROGRAM, CLI = (os.path.abspath(sys.argv.pop(1)) for _ in range(2))
LOCALE_DIR, PICTURES = (os.path.abspath(sys.argv.pop(1)) for _ in range(2))

# A moment in which what should not happen would show: the progress bar comes after a quarter of
# a second.
MOMENT = 0.5

# An experiment that takes a moment, even at depth 3.
SMALL = {"n-train": 60, "dim": 5, "to": 60, "n-test": 100}

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def number(entry):
    return float(text(entry))


def cli(*arguments):
    return subprocess.run([CLI, *map(str, arguments)], capture_output=True, text=True, timeout=200,
                          check=True).stdout


class Row:
    """A parameter on the panel."""

    def __init__(self, name, slider, entry):
        self.name, self.slider, self.entry = name, slider, entry
        self.box = slider.get_parent()

    def complaint(self):
        """What the row says under its slider, or nothing."""
        last = self.box.get_child_at_index(self.box.get_child_count() - 1)
        return last.get_name() if last.get_role_name() == LABEL else ""

    def is_refused(self):
        return self.complaint() != ""


class Bench:
    """The parts of the main window, looked up once: they stay as long as the exhibit does."""

    def __init__(self, person, entry_name="{}, exact value"):
        self.person = person
        self.window = person.window
        parts = [(widget.get_role_name(), widget.get_name(), widget) for widget in walk(self.window)]
        self.parts = parts
        self.entry_name = entry_name
        self.figure = next(w for role, name, w in parts if role == IMAGE and name)
        self.overlay = self.figure.get_parent()
        self.content = self.overlay.get_parent()
        self.status_label = next(w for role, name, w in parts
                                 if role == LABEL and re.search(r"\d+ \S+ \d+ Seed|\d+ of \d+ seed", name))
        self.bar = self.status_label.get_parent()
        self.header = next(w for role, name, w in parts if role == BUTTON and name).get_parent()
        self.panel = next((w for role, name, w in parts if name in ("Parameters", "AppPanel")
                           and role != BUTTON), None)

    def part(self, role, name):
        return next(w for r, n, w in self.parts if r == role and n == name)

    def row(self, name):
        return Row(name, self.part(SLIDER, name), self.part(ENTRY, self.entry_name.format(name)))

    def status(self):
        return self.status_label.get_name()

    def title(self):
        return self.figure.get_name()

    def verdict(self):
        return self.figure.get_description()

    def is_busy(self):
        return any(self.overlay.get_child_at_index(i).get_role_name() == PROGRESS
                   for i in range(self.overlay.get_child_count()))

    def sentences(self):
        """What stands beside the status: the verdict or a message."""
        return [label.get_name() for label in find_all(self.bar, LABEL)
                if label != self.status_label and box(label)[2] > 0]

    def pixels(self):
        """The figure as it looks."""
        x, y = self.person.place(self.figure, 0, 0)
        _, _, width, height = box(self.figure)
        return subprocess.run(["import", "-silent", "-window", "root", "-crop",
                               f"{width}x{height}+{x}+{y}", "rgb:-"],
                              capture_output=True, timeout=30, check=True).stdout

    def wait_for_title(self, words):
        wait(lambda: words in self.title(), f"“{words}” in the title “{self.title()}”")

    def wait_for_end(self, seeds=20):
        wait(lambda: self.status().startswith(f"{seeds} of {seeds} seed") and not self.is_busy(),
             f"all {seeds} seeds")


class Base(unittest.TestCase):
    size = None
    arguments = ()
    environment = None
    entry_name = "{}, exact value"
    small = False

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.person = None
        cls.addClassCleanup(lambda: cls.person and cls.person.kill())
        cls.begin()

    @classmethod
    def begin(cls):
        arguments = cls.arguments
        if cls.small:
            spec = cls.folder / "small.json"
            assignments = [f"-p{key}={given}" for key, given in SMALL.items()]
            spec.write_text(cli("run", "double-descent", *assignments, "-o", "-"), encoding="utf-8")
            arguments = (spec,)
        cls.person = Person(PROGRAM, *arguments, size=cls.size, environment=cls.environment,
                            pictures=PICTURES)
        try:
            cls.ready()
        except BaseException:
            cls.person.picture(cls.__name__)
            print(cls.person.log(), file=sys.stderr)
            raise

    @classmethod
    def ready(cls):
        """There is a curve."""
        wait(lambda: find_now(cls.person.window, LABEL, re.compile(r"\d+ (of|von) \d+ ")), "a curve")
        cls.bench = Bench(cls.person, cls.entry_name)

    @classmethod
    def tearDownClass(cls):
        """Ctrl+Q ends the program, and it has not complained."""
        cls.person.focus(cls.person.window)
        cls.person.press("ctrl+q")
        status = cls.person.ended()
        complaints = cls.person.complaints()
        if status != 0 or complaints:
            raise AssertionError(f"exit status {status}; " + "\n".join(complaints))

    def setUp(self):
        self.person.focus(self.person.window)

    def run(self, result=None):
        before = len(result.failures) + len(result.errors)
        super().run(result)
        if len(result.failures) + len(result.errors) > before:
            self.person.picture(self.id().split("__main__.")[-1])
            print(self.person.log()[-2000:], file=sys.stderr)
            # One failure is not to be the cause of another.
            self.person.kill()
            self.begin()

    def reset(self):
        self.person.press("ctrl+shift+r")

    def assert_no_job(self, status):
        holds(lambda: self.bench.status() == status and not self.bench.is_busy(),
              f"status “{status}” and no progress", MOMENT)


def thumb(row):
    return value(row.slider)


class Window(Base):
    """The default experiment, in a window of the usual size."""

    @classmethod
    def ready(cls):
        wait(lambda: re.search("window mapped", cls.person.log()), "the window")
        label = find(cls.person.window, LABEL, re.compile(r"\d+ of 20 seeds"))
        wait(lambda: label.get_name().startswith("20 of 20"), "20 seeds")
        end = datetime.now()
        log = cls.person.log()

        def clock(words):
            stamp = re.search(r"(\d\d:\d\d:\d\d\.\d{3}): " + words, log).group(1)
            return datetime.combine(end.date(), datetime.strptime(stamp, "%H:%M:%S.%f").time())
        mapped = clock("window mapped")
        first = clock("first curve")
        print(f"from the window to the first curve {(first - mapped).total_seconds() * 1000:.0f} ms, "
              f"to 20 seeds {(end - mapped).total_seconds():.1f} s", file=sys.stderr)
        cls.bench = Bench(cls.person)
        cls.bench.wait_for_end()

    def setUp(self):
        super().setUp()
        # What a test has left: text in an entry, then values.
        self.reset()
        self.bench.wait_for_title("σ = 0.5, ridgeless, mirrored")
        self.bench.wait_for_end()

    def test_first_curve(self):
        bench = self.bench
        self.assertEqual(bench.person.window.get_name(), "Tangent Lab")
        self.assertEqual(bench.title(), "Linearised network, D = 10, n = 200, σ = 0.5, ridgeless, mirrored")
        self.assertRegex(bench.verdict(), r"^Peak at width 20\b.* times the best error before it")
        self.assertEqual(bench.sentences(), [bench.verdict()])
        self.assertRegex(bench.status(), r"^20 of 20 seeds\s+[\d.]+ m?s$")
        for name, number_ in {"Width": 100, "Depth": 1, "Noise": 0.5, "Initialization": 0}.items():
            self.assertEqual(number(bench.row(name).entry), number_)
            self.assertFalse(bench.row(name).is_refused())

    # The four sliders

    def drag(self, row, end):
        """Drags the thumb; the values that the entry and the figure showed on the way."""
        seen, verdicts, jobs = [], [], []
        status = self.bench.status()

        def watch():
            seen.append(text(row.entry))
            verdicts.append(self.bench.verdict())
            jobs.append(self.bench.is_busy() or self.bench.status() != status)
        self.person.drag(row.slider, thumb(row), end, watch)
        return seen, verdicts, jobs

    def test_width_moves_the_cursor(self):
        bench, row = self.bench, self.bench.row("Width")
        status, verdict, before = bench.status(), bench.verdict(), bench.pixels()
        seen, verdicts, jobs = self.drag(row, 0.2)
        self.assertGreaterEqual(len(set(seen)), 4, seen)
        self.assertFalse(any(jobs))
        self.assert_no_job(status)
        self.assertAlmostEqual(thumb(row), 0.2, delta=0.05)
        self.assertLess(number(row.entry), 12)
        self.assertEqual(bench.verdict(), verdict)
        self.assertNotEqual(bench.pixels(), before)

        self.person.press("alt+w")
        wait(lambda: is_focused(row.slider), "the width has the focus")
        self.person.press("Home")
        wait(lambda: text(row.entry) == "1", "width 1")
        self.person.press("Right", "Right")
        wait(lambda: text(row.entry) == "3", "width 3")
        self.person.press("End")
        wait(lambda: text(row.entry) == "4096", "width 4096")
        self.assert_no_job(status)

    def test_noise_recombines(self):
        bench, row = self.bench, self.bench.row("Noise")
        status, verdict, before = bench.status(), bench.verdict(), bench.pixels()
        seen, verdicts, jobs = self.drag(row, 0.6)
        self.assertGreaterEqual(len(set(seen)), 4, seen)
        self.assertGreaterEqual(len(set(verdicts)), 2, "the verdict waits until the hand is gone")
        self.assertFalse(any(jobs))
        self.assertAlmostEqual(number(row.entry), 1.8, delta=0.12)
        bench.wait_for_title(f"σ = {text(row.entry)},")
        self.assertNotEqual(bench.verdict(), verdict)
        self.assert_no_job(status)
        self.assertNotEqual(bench.pixels(), before)

        self.person.press("alt+n")
        wait(lambda: is_focused(row.slider), "the noise has the focus")
        self.person.press("Home")
        bench.wait_for_title("σ = 0,")
        self.assertNotIn("noise", bench.verdict())
        self.person.press("Right", "Right", "Page_Up")
        bench.wait_for_title("σ = 0.1")
        self.assertIn(text(row.entry), ("0.1", "0.12"))
        self.assert_no_job(status)

    def test_initialization_recombines(self):
        bench, row = self.bench, self.bench.row("Initialization")
        status, verdict = bench.status(), bench.verdict()
        seen, verdicts, jobs = self.drag(row, 0.75)
        self.assertGreaterEqual(len(set(seen)), 4, seen)
        self.assertGreaterEqual(len(set(verdicts)), 2, "the verdict waits until the hand is gone")
        self.assertFalse(any(jobs))
        self.assertAlmostEqual(number(row.entry), 3, delta=0.15)
        wait(lambda: "mirrored" not in bench.title(), "another initialization in the title")
        self.assertIn("The initial function makes up", bench.verdict())
        self.assert_no_job(status)

        self.person.press("alt+i")
        wait(lambda: is_focused(row.slider), "the initialization has the focus")
        self.person.press("Home")
        bench.wait_for_title("mirrored")
        wait(lambda: bench.verdict() == verdict, "the first verdict again")
        self.person.press("Right")
        bench.wait_for_title("α = 0.0")
        self.assert_no_job(status)

    def test_initialization_by_name(self):
        bench, row = self.bench, self.bench.row("Initialization")
        mirrored, standard = bench.part(BUTTON, "Mirrored"), bench.part(BUTTON, "Standard")
        status = bench.status()
        self.assertTrue(is_pressed(mirrored) and not is_pressed(standard))
        self.person.click(standard)
        bench.wait_for_title("standard")
        wait(lambda: is_pressed(standard) and not is_pressed(mirrored), "Standard is pressed")
        self.assertEqual((number(row.entry), thumb(row)), (1, 0.25))
        self.person.write(row.entry, "0.5")
        self.person.press("Return")
        bench.wait_for_title("α = 0.5")
        wait(lambda: not is_pressed(standard) and not is_pressed(mirrored), "neither is pressed")
        self.person.click(mirrored)
        bench.wait_for_title("mirrored")
        wait(lambda: is_pressed(mirrored), "Mirrored is pressed")
        self.assert_no_job(status)

    # Exact values

    def refuse(self, row, words, reason):
        """Refused in place: text and reason stay, and so does the value in force."""
        title, position = self.bench.title(), thumb(row)
        self.person.write(row.entry, words)
        self.person.press("Return")
        wait(row.is_refused, f"a reason against “{words}”")
        self.assertRegex(row.complaint(), reason)
        self.assertGreater(box(row.box)[3], 60)
        self.assertEqual((text(row.entry), self.bench.title(), thumb(row)), (words, title, position))
        self.person.press("Escape")
        wait(lambda: not row.is_refused(), "no complaint after Escape")

    def test_exact_value(self):
        bench, row = self.bench, self.bench.row("Noise")
        self.person.write(row.entry, "0.75")
        self.assertIn("σ = 0.5,", bench.title())
        self.person.press("Return")
        bench.wait_for_title("σ = 0.75,")
        self.assertEqual((text(row.entry), thumb(row)), ("0.75", 0.25))
        self.person.press("Up")
        bench.wait_for_title("σ = 0.76,")
        self.person.press("Down", "Down")
        bench.wait_for_title("σ = 0.74,")
        self.person.press("Page_Up")
        bench.wait_for_title("σ = 0.8")
        # The focus goes away: the text counts.
        self.person.write(row.entry, "2")
        self.person.press("Tab")
        bench.wait_for_title("σ = 2,")

    def test_wrong_values_are_refused_in_place(self):
        noise, width = self.bench.row("Noise"), self.bench.row("Width")
        self.refuse(noise, "5", r"0\.\.3")
        self.assertEqual(text(noise.entry), "0.5")
        self.refuse(noise, "-1", r"0\.\.3")
        self.refuse(noise, "much", "number")
        self.refuse(noise, "", "number")
        self.refuse(width, "5000", r"1\.\.4096")
        self.refuse(width, "2.5", "whole number")
        self.assertEqual(text(width.entry), "100")

        # Left alone, the text and its reason stay until a good value comes.
        self.person.write(noise.entry, "nan")
        self.person.press("Tab")
        wait(noise.is_refused, "a reason against “nan”")
        self.assertEqual(text(noise.entry), "nan")
        self.person.write(noise.entry, "0.25")
        self.person.press("Return")
        self.bench.wait_for_title("σ = 0.25,")
        self.assertFalse(noise.is_refused())

    def test_double_click_and_button_reset(self):
        bench, row = self.bench, self.bench.row("Noise")
        self.person.write(row.entry, "1.5")
        self.person.press("Return")
        bench.wait_for_title("σ = 1.5,")
        self.person.click(row.slider, x=0.5, times=2)
        bench.wait_for_title("σ = 0.5,")
        self.assertEqual(text(row.entry), "0.5")
        self.assertIsNone(find_now(row.box, BUTTON, "Reset Noise"))

        self.person.write(row.entry, "1.5")
        self.person.press("Return")
        self.person.click(find(row.box, BUTTON, "Reset Noise"))
        bench.wait_for_title("σ = 0.5,")
        gone(row.box, BUTTON, "Reset Noise")

    # Files

    def open_export(self):
        self.person.press("ctrl+e")
        return self.person.find_window("Export Figure")

    def choose(self, window, row_name, words):
        """An entry of a drop-down row."""
        row = find(window, DROP_DOWN, re.compile(f"^{row_name}"))
        self.person.click(row)
        # The popover comes last in its row.
        popover = wait(lambda: next((w for w in walk(row) if w.get_name() == "GtkPopover"), None),
                       "the popover")
        self.person.click(find(popover, LABEL, words))
        wait(lambda: not any(w.get_name() == "GtkPopover" for w in walk(row)), "the popover goes")
        find(row, LABEL, words)

    def choose_file(self, window, path):
        self.person.click(find(window, BUTTON, re.compile("Save…$")))
        chooser = self.person.find_window("Export Figure", "filler")
        name = find(chooser, ENTRY, re.compile("^Name:"))
        wait(lambda: is_focused(name), "the name has the focus")
        self.person.press("ctrl+a")
        self.person.type(str(path))
        wait(lambda: text(name) == str(path), "the path in the chooser")
        self.person.press("Return")

    def export(self, name, format_name, **options):
        """Saves the figure by the dialog; None for the size leaves the one remembered."""
        path = self.folder / name
        window = self.open_export()
        self.choose(window, "Format", format_name)
        if "theme" in options:
            self.choose(window, "Theme", options["theme"])
        for label, key in (("Width in pixels", "width"), ("Height in pixels", "height"),
                           ("Resolution in dots per inch", "dpi")):
            if key in options:
                self.person.write(find(window, ENTRY, re.compile(f"^{label}")), str(options[key]))
        self.choose_file(window, path)
        wait(path.exists, f"the file {name}")
        self.person.window_gone("Export Figure", "filler")
        self.person.window_gone("Export Figure")
        find(self.person.window, LABEL, f"Saved “{name}”")
        return path

    def set_noise(self, noise):
        self.person.write(self.bench.row("Noise").entry, noise)
        self.person.press("Return")
        self.bench.wait_for_title(f"σ = {noise},")

    def parameters_of(self, path):
        return json.loads(cli("run", path, "-o", "-"))["parameters"]

    def test_export_png(self):
        self.set_noise("0.7")
        path = self.export("figure.png", "PNG", width=500, height=300, dpi=192,
                           theme="Paper, in grays")
        data = path.read_bytes()
        self.assertEqual(data[:8], b"\x89PNG\r\n\x1a\n")
        self.assertEqual(struct.unpack(">II", data[16:24]), (1000, 600))
        resolution = data.index(b"pHYs") + 4
        self.assertEqual(struct.unpack(">IIB", data[resolution:resolution + 9]), (7559, 7559, 1))
        # No colour in a gray theme.
        colours = subprocess.run(["convert", path, "-colorspace", "HSL", "-channel", "G",
                                  "-separate", "-format", "%[fx:maxima]", "info:"],
                                 capture_output=True, text=True, timeout=60, check=True).stdout
        self.assertLess(float(colours), 0.02)
        parameters = self.parameters_of(path)
        self.assertEqual(parameters["noise"], 0.7)
        self.assertEqual((parameters["width"], parameters["depth"], parameters["seeds"]), (100, 1, 20))

        # The choices are remembered.
        window = self.open_export()
        find(window, LABEL, "Paper, in grays")
        self.assertEqual(text(find(window, ENTRY, re.compile("^Width in pixels"))), "500")
        self.assertEqual(text(find(window, ENTRY, re.compile("^Resolution"))), "192")
        self.person.press("Escape")
        self.person.window_gone("Export Figure")

    def test_export_svg(self):
        self.set_noise("0.8")
        path = self.export("figure.svg", "SVG", width=640, height=420, theme="Paper, in colour")
        root = ElementTree.parse(path).getroot()
        self.assertEqual(root.tag, "{http://www.w3.org/2000/svg}svg")
        self.assertEqual([float(NUMBER.match(root.get(key)).group()) for key in ("width", "height")],
                         [640, 420])
        picture = self.folder / "rendered.png"
        subprocess.run(["rsvg-convert", "-o", picture, path], timeout=60, check=True)
        self.assertEqual(struct.unpack(">II", picture.read_bytes()[16:24]), (640, 420))
        self.assertEqual(self.parameters_of(path)["noise"], 0.8)

    def test_export_pdf(self):
        path = self.export("figure.pdf", "PDF", width=600, height=400)
        words = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True,
                               timeout=60, check=True).stdout
        self.assertIn("Linearised network", words)
        self.assertRegex(words, r"D = 10,\s+n = 200")
        self.assertEqual(self.parameters_of(path)["noise"], 0.5)

    def test_export_csv(self):
        self.set_noise("0.9")
        path = self.export("figure", "CSV").with_name("figure")
        self.fail(path)

    def test_wrong_size_is_refused_in_place(self):
        window = self.open_export()
        self.choose(window, "Format", "PNG")
        save = find(window, BUTTON, re.compile("Save…$"))
        entries = {label: find(window, ENTRY, re.compile(f"^{label}"))
                   for label in ("Width", "Height", "Resolution")}
        good = {label: text(entry) for label, entry in entries.items()}
        for label, words, reason in (("Width", "0", "ust be a whole number from 100 to 32767"),
                                     ("Height", "tall", "ust be a whole number from 100 to 32767"),
                                     ("Resolution", "5", "ust be a whole number from 24 to 2400"),
                                     ("Width", "30000", "pixels are too many")):
            with self.subTest(label=label, words=words):
                if words == "30000":
                    self.person.write(entries["Resolution"], "300")
                self.person.write(entries[label], words)
                find(window, LABEL, re.compile(reason))
                wait(lambda: not is_sensitive(save), "Save cannot be pressed")
                self.person.press("Return")
                self.assertEqual(text(entries[label]), words)
                self.person.write(entries[label], good[label])
                wait(lambda: is_sensitive(save), "Save can be pressed")
        self.assertEqual(len(self.person.windows()), 2)
        self.person.press("Escape")
        self.person.window_gone("Export Figure")

    def test_what_cannot_be_saved_is_said(self):
        window = self.open_export()
        self.choose(window, "Format", "SVG")
        self.choose_file(window, "/proc/figure.svg")
        label = wait(lambda: next((found for w in self.person.windows()
                                   for found in find_all(w, LABEL, re.compile("was not saved"))), None),
                     "a message")
        words = [w.get_name() for w in find_all(self.person.top(label), LABEL)]
        self.assertTrue(any("/proc/figure.svg" in w or "figure.svg" in w for w in words), words)
        self.person.focus(self.person.top(label))
        self.person.press("Escape")
        wait(lambda: len(self.person.windows()) == 2, "the message goes")
        self.person.focus(window)
        self.assertTrue(is_sensitive(find(window, BUTTON, re.compile("Save…$"))))
        self.person.press("Escape")
        self.person.window_gone("Export Figure")
        self.set_noise("0.6")


if __name__ == "__main__":
    unittest.main()
