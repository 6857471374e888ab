"""The window as a person uses it: what is moved, typed and pressed, and what is then to be seen.

test_window.py PROGRAM COMMAND-LINE-PROGRAM LOCALE-FOLDER PICTURE-FOLDER [unittest's arguments]
"""

import csv
import json
import math
import os
import re
import struct
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from datetime import datetime
from pathlib import Path

from accessible import (BUTTON, DROP_DOWN, ENTRY, FOCUSED, IMAGE, LABEL, PRESSED, PROGRESS, ROW,
                        SENSITIVE, SLIDER, SWITCH, sighted, tell_items)
from look import (again, box, find, find_again, find_all, find_item, find_last, find_now, gone,
                  holds, look_for, names_in, read_number, wait)
from person import Person

PROGRAM, CLI = (os.path.abspath(sys.argv.pop(1)) for _ in range(2))
LOCALE_DIR, PICTURES = (os.path.abspath(sys.argv.pop(1)) for _ in range(2))

# A moment in which what should not happen would show: the progress bar comes after a quarter of
# a second.
MOMENT = 0.5

# An experiment that takes a moment, even at depth 3.
SMALL = ("double-descent", "-p", "n-train=60", "-p", "dim=5", "-p", "to=60", "-p", "n-test=100")
FEW_WIDTHS = ("-p", "to=4")
SMALL_CURVE = ("learning-curve", "-p", "n-train=32", "-p", "dim=4", "-p", "from=16", "-p", "to=128",
               "-p", "points=7", "-p", "seeds=3", "-p", "n-test=60", "-p", "reach=2000")

# Parts of the figure, in parts of its width and height: where a click does nothing but take the
# focus; in the frame; the numbers of the axes.
TITLE, MIDDLE, X_AXIS, Y_AXIS = (0.5, 0.02), (0.5, 0.5), (0.5, 0.95), (0.02, 0.5)

STATUS = re.compile(r"^\d+ (of|von) \d+ (seeds|Startwert)")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def number(entry):
    return read_number(entry.text)


def cli(*arguments):
    return subprocess.run([CLI, *map(str, arguments)], capture_output=True, text=True, timeout=200,
                          check=True).stdout


class Row:
    """A parameter on the panel."""

    def __init__(self, name, slider, entry):
        self.name, self.slider, self.entry = name, slider, entry
        # The slider stands in a line of its own, beside its button.
        self.box = wait(lambda: slider.parent and slider.parent.parent,
                        f"the row of {name}")

    def complaint(self):
        """What the row says under its slider, or nothing."""
        last = self.box.children[-1]
        return last.name if last.role == LABEL else ""

    def is_refused(self):
        return self.complaint() != ""


class Bench:
    """The parts of the main window, looked up once: they stay as long as the exhibit does."""

    def __init__(self, person, entry_name="{}, exact value"):
        self.person = person
        self.window = person.window
        parts = [(widget.role, name, widget) for widget, name in names_in(self.window)]
        self.parts = parts
        self.entry_name = entry_name
        self.figure = next(w for role, name, w in parts if role == IMAGE and name)
        self.overlay = self.figure.parent
        self.content = self.overlay.parent
        self.status_label = next(w for role, name, w in parts
                                 if role == LABEL and STATUS.search(name))
        self.bar = self.status_label.parent
        self.header = next(w for role, name, w in parts if role == BUTTON and name).parent
        self.panel = next((w for role, name, w in parts if name in ("Parameters", "AppPanel")
                           and role != BUTTON), None)

    def part(self, role, name):
        return next(w for r, n, w in self.parts if r == role and n == name)

    def row(self, name):
        return Row(name, self.part(SLIDER, name), self.part(ENTRY, self.entry_name.format(name)))

    def status(self):
        return self.status_label.name

    def title(self):
        return self.figure.name

    def verdict(self):
        return self.figure.description

    def is_busy(self):
        return again(lambda: any(child.role == PROGRESS for child in self.overlay.children))

    def sentences(self):
        """What stands beside the status: the verdict, and a message where there is one. A label
        that never had words has the name of its class."""
        return [label.name for label in find_all(self.bar, LABEL)
                if label != self.status_label and label.name not in ("", "GtkLabel")]

    def pixels(self):
        """The figure as it looks."""
        x, y = self.person.place(self.figure, 0, 0)
        _, _, width, height = box(self.figure)
        return subprocess.run(["import", "-silent", "-window", "root", "-crop",
                               f"{width}x{height}+{x}+{y}", "-depth", "8", "rgb:-"],
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
    small = None

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
        if cls.small is not None:
            spec = cls.folder / "small.json"
            spec.write_text(cli("run", *cls.small, "-o", "-"), encoding="utf-8")
            arguments = (spec,)
        cls.rows = {}
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
        find(cls.person.window, LABEL, STATUS)
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

    def pick(self, combo, words):
        """An entry of a drop-down, with the pointer."""
        def entry():
            popover = self.person.popover(combo)
            return popover and find_now(popover, LABEL, words)
        # The hand comes from elsewhere: where the row has changed under a resting pointer, the
        # toolkit may lose the first click.
        self.person.move_away()
        self.person.click(combo)
        self.person.choose(entry, f"“{words}”")
        find(combo, LABEL, words)

    def choose_item(self, label):
        """An entry of the menu that is open, or just opening."""
        self.person.choose(lambda: find_item(self.person.window, label), f"menu item “{label}”")

    def show(self, name):
        """Chooses an exhibit or a preset."""
        # The button may miss a click while another popover is closing.
        row = look_for(self.person.window, ROW, name)
        for _ in range(4):
            self.person.move_away()
            self.person.click(self.bench.part(BUTTON, "Choose an exhibit"))
            try:
                wait(lambda: len(self.person.ids()) > 1, "the chooser", 5)
                break
            except AssertionError:
                continue
        self.person.choose(lambda: next(iter(row() or []), None), f"“{name}” among the exhibits")

    def row(self, name):
        """A parameter, in sight. Rows come and go with the exhibit."""
        slider = find_again(self.rows, self.person.window, SLIDER, name)
        row = Row(name, slider, None)
        row.entry = wait(lambda: find_all(row.box, ENTRY, f"{name}, exact value"), f"the entry of {name}")[0]
        self.person.scroll_to(row.box)
        return row

    def move(self, row, end, watch=None, **how):
        """Drags the thumb to a part of the track, near which it comes to rest: what the track keeps free at
        its ends is the toolkit's."""
        self.person.drag(row.slider, thumb(row), end, watch, **how)
        wait(lambda: abs(thumb(row) - end) < 0.08, f"the thumb of {row.name} at {end}, not {thumb(row)}")

    def set(self, row, words):
        self.person.write(row.entry, words)
        self.person.press("Return")

    def open_export(self):
        self.person.press("ctrl+e")
        window = self.person.await_windows(2)
        self.assertEqual(window.name, "Export Figure")
        return window

    def choose(self, window, row_name, words):
        """An entry of a drop-down row."""
        self.pick(find(window, DROP_DOWN, re.compile(f"^{row_name}")), words)

    def choose_file(self, window, path):
        self.person.click(find(window, BUTTON, re.compile("Save…$")))
        chooser = self.person.await_windows(3)
        identifier = self.person.ids()[-1]
        name = find(chooser, ENTRY, re.compile("^Name:"))
        wait(lambda: name.has_state(FOCUSED), "the name has the focus")
        # While it reads the folder it may select part of the name once more.
        self.person.replace(name, str(path), 3)
        self.person.press("Return")
        wait(lambda: identifier not in self.person.ids(), "the chooser goes")

    def export(self, name, format_name, **options):
        """Saves the figure by the dialog; what is not among the options stays as it is."""
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
        # A name without an extension gets that of the format.
        if path.suffix == "":
            path = path.with_suffix("." + format_name.lower())
        wait(path.exists, f"the file {path.name}")
        self.person.await_windows(1)
        find_last(self.person.window, LABEL, f"Saved “{path.name}”")
        return path

    def parameters_of(self, path, *others):
        """Those of a file, and others that make less of it to compute."""
        return json.loads(cli("run", path, *others, "-o", "-"))["parameters"]

    def assert_no_job(self, status):
        holds(lambda: self.bench.status() == status and not self.bench.is_busy(),
              f"status “{status}” and no progress", MOMENT)


# Of which the track is linear; those of the others are logarithmic.
LINEAR = ("Noise", "Rauschen", "Depth", "Initialization")


def thumb(row):
    """Where the thumb is on the track, from what the slider says of its value and range."""
    (low, high), now = row.slider.ends, row.slider.value
    if now == high:
        return 1
    if row.name in LINEAR:
        return (now - low) / (high - low)
    if high > 1e300:  # a stop of its own, past the widest
        return 0.95 * math.log(now / low) / math.log(4096 / low)
    return math.log(now / low) / math.log(high / low)


class Window(Base):
    """The default experiment, in a window of the usual size."""

    @classmethod
    def ready(cls):
        wait(lambda: re.search("window mapped", cls.person.log()), "the window")
        find(cls.person.window, LABEL, re.compile(r"^20 of 20 seeds"))
        end = datetime.now()
        log = cls.person.log()

        def clock(words):
            stamp = re.search(r"(\d\d:\d\d:\d\d\.\d{3}): " + words, log).group(1)
            return datetime.combine(end.date(), datetime.strptime(stamp, "%H:%M:%S.%f").time())
        mapped = clock("window mapped")
        first = clock("first curve")
        print("from the window to the first curve "
              f"{(first - mapped).total_seconds() * 1000:.0f} ms, "
              f"to 20 seeds {(end - mapped).total_seconds():.1f} s", file=sys.stderr)
        cls.bench = Bench(cls.person)
        cls.bench.wait_for_end()

    @classmethod
    def tearDownClass(cls):
        """It ends while it computes, in large factorizations."""
        cls.person.write(cls.bench.row("Depth").entry, "10")
        cls.person.press("Return")
        wait(cls.bench.is_busy, "progress")
        super().tearDownClass()

    def setUp(self):
        super().setUp()
        # What a test has left: text in an entry, then values.
        self.reset()
        self.bench.wait_for_title("σ = 0.5, ridgeless, mirrored")
        self.bench.wait_for_end()

    def test_first_curve(self):
        bench = self.bench
        self.assertEqual(bench.person.window.name, "Tangent Lab")
        self.assertEqual(bench.title(),
                         "Linearised network, D = 10, n = 200, σ = 0.5, ridgeless, mirrored")
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
            seen.append(row.entry.text)
            verdicts.append(self.bench.verdict())
            jobs.append(self.bench.is_busy() or self.bench.status() != status)
        self.move(row, end, watch)
        return seen, verdicts, jobs

    def test_width_moves_the_cursor(self):
        bench, row = self.bench, self.bench.row("Width")
        status, verdict, before = bench.status(), bench.verdict(), bench.pixels()
        seen, verdicts, jobs = self.drag(row, 0.2)
        self.assertGreaterEqual(len(set(seen)), 2, seen)
        self.assertFalse(any(jobs))
        self.assert_no_job(status)
        self.assertAlmostEqual(thumb(row), 0.2, delta=0.05)
        self.assertLess(number(row.entry), 12)
        self.assertEqual(bench.verdict(), verdict)
        self.assertNotEqual(bench.pixels(), before)

        self.person.press("alt+w")
        wait(lambda: row.slider.has_state(FOCUSED), "the width has the focus")
        self.person.press("Home")
        wait(lambda: row.entry.text == "1", "width 1")
        self.person.press("Right", "Right")
        wait(lambda: row.entry.text == "3", "width 3")
        self.person.press("End")
        wait(lambda: row.entry.text == "4096", "width 4096")
        self.assert_no_job(status)

    def test_noise_recombines(self):
        bench, row = self.bench, self.bench.row("Noise")
        status, verdict, before = bench.status(), bench.verdict(), bench.pixels()
        seen, verdicts, jobs = self.drag(row, 0.6)
        self.assertGreaterEqual(len(set(seen)), 2, seen)
        self.assertGreaterEqual(len(set(verdicts)), 2, "the verdict waits until the hand is gone")
        self.assertFalse(any(jobs))
        self.assertAlmostEqual(number(row.entry), 1.8, delta=0.12)
        bench.wait_for_title(f"σ = {row.entry.text},")
        self.assertNotEqual(bench.verdict(), verdict)
        self.assert_no_job(status)
        self.assertNotEqual(bench.pixels(), before)

        self.person.press("alt+n")
        wait(lambda: row.slider.has_state(FOCUSED), "the noise has the focus")
        self.person.press("Home")
        bench.wait_for_title("σ = 0,")
        self.assertNotIn("noise", bench.verdict())
        self.person.press("Right", "Right", "Page_Up")
        bench.wait_for_title("σ = 0.1")
        self.assertIn(row.entry.text, ("0.1", "0.12"))
        self.assert_no_job(status)

    def test_initialization_recombines(self):
        bench, row = self.bench, self.bench.row("Initialization")
        status, verdict = bench.status(), bench.verdict()
        seen, verdicts, jobs = self.drag(row, 0.75)
        self.assertGreaterEqual(len(set(seen)), 2, seen)
        self.assertGreaterEqual(len(set(verdicts)), 2, "the verdict waits until the hand is gone")
        self.assertFalse(any(jobs))
        self.assertAlmostEqual(number(row.entry), 3, delta=0.15)
        wait(lambda: "mirrored" not in bench.title(), "another initialization in the title")
        wait(lambda: bench.verdict() != verdict, "another verdict")
        self.assert_no_job(status)

        self.person.press("alt+i")
        wait(lambda: row.slider.has_state(FOCUSED), "the initialization has the focus")
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
        self.assertTrue(mirrored.has_state(PRESSED) and not standard.has_state(PRESSED))
        self.person.click(standard)
        bench.wait_for_title("standard")
        wait(lambda: standard.has_state(PRESSED) and not mirrored.has_state(PRESSED), "Standard is pressed")
        self.assertEqual((number(row.entry), thumb(row)), (1, 0.25))
        self.person.write(row.entry, "0.5")
        self.person.press("Return")
        bench.wait_for_title("α = 0.5")
        wait(lambda: not standard.has_state(PRESSED) and not mirrored.has_state(PRESSED), "neither is pressed")
        self.person.click(mirrored)
        bench.wait_for_title("mirrored")
        wait(lambda: mirrored.has_state(PRESSED), "Mirrored is pressed")
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
        self.assertEqual((row.entry.text, self.bench.title(), thumb(row)),
                         (words, title, position))
        self.person.press("Escape")
        wait(lambda: not row.is_refused(), "no complaint after Escape")

    def test_exact_value(self):
        bench, row = self.bench, self.bench.row("Noise")
        self.person.write(row.entry, "0.75")
        self.assertIn("σ = 0.5,", bench.title())
        self.person.press("Return")
        bench.wait_for_title("σ = 0.75,")
        self.assertEqual((row.entry.text, thumb(row)), ("0.75", 0.25))
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
        self.refuse(noise, "5", "from 0 to 3")
        self.assertEqual(noise.entry.text, "0.5")
        self.refuse(noise, "-1", "from 0 to 3")
        self.refuse(noise, "much", "number")
        self.refuse(noise, "", "number")
        self.refuse(width, "5000", "from 1 to 4096")
        self.refuse(width, "2.5", "whole number")
        self.assertEqual(width.entry.text, "100")

        # Left alone, the text and its reason stay until a good value comes.
        self.person.write(noise.entry, "nan")
        self.person.press("Tab")
        wait(noise.is_refused, "a reason against “nan”")
        self.assertEqual(noise.entry.text, "nan")
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
        self.assertEqual(row.entry.text, "0.5")
        self.assertIsNone(find_now(row.box, BUTTON, "Reset Noise"))

        self.person.write(row.entry, "1.5")
        self.person.press("Return")
        self.person.click(find(row.box, BUTTON, "Reset Noise"))
        bench.wait_for_title("σ = 0.5,")
        gone(row.box, BUTTON, "Reset Noise")

    # Files

    def set_noise(self, noise):
        self.person.write(self.bench.row("Noise").entry, noise)
        self.person.press("Return")
        self.bench.wait_for_title(f"σ = {noise},")

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
        parameters = self.parameters_of(path, *FEW_WIDTHS)
        self.assertEqual(parameters["noise"], 0.7)
        self.assertEqual([parameters[key] for key in ("width", "depth", "seeds")], [100, 1, 20])

        # The choices are remembered.
        window = self.open_export()
        find(window, LABEL, "Paper, in grays")
        self.assertEqual(find(window, ENTRY, re.compile("^Width in pixels")).text, "500")
        self.assertEqual(find(window, ENTRY, re.compile("^Resolution")).text, "192")
        self.person.press("Escape")
        self.person.await_windows(1)

    def test_export_svg(self):
        self.set_noise("0.8")
        path = self.export("figure.svg", "SVG", width=640, height=420, theme="Paper, in colour")
        root = ElementTree.parse(path).getroot()
        self.assertEqual(root.tag, "{http://www.w3.org/2000/svg}svg")
        size = [float(NUMBER.match(root.get(key)).group()) for key in ("width", "height")]
        self.assertEqual(size, [640, 420])
        picture = self.folder / "rendered.png"
        subprocess.run(["rsvg-convert", "-o", picture, path], timeout=60, check=True)
        self.assertEqual(struct.unpack(">II", picture.read_bytes()[16:24]), (640, 420))
        self.assertEqual(self.parameters_of(path, *FEW_WIDTHS)["noise"], 0.8)

    def test_export_pdf(self):
        path = self.export("figure.pdf", "PDF", width=600, height=400)
        words = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True,
                               timeout=60, check=True).stdout
        self.assertIn("Linearised network", words)
        self.assertRegex(words, r"D = 10,\s+n = 200")
        self.assertEqual(self.parameters_of(path, *FEW_WIDTHS)["noise"], 0.5)

    def test_wrong_size_is_refused_in_place(self):
        window = self.open_export()
        self.choose(window, "Format", "PNG")
        save = find(window, BUTTON, re.compile("Save…$"))
        entries = {label: find(window, ENTRY, re.compile(f"^{label}"))
                   for label in ("Width", "Height", "Resolution")}
        good = {label: entry.text for label, entry in entries.items()}
        for label, words, reason in (("Width", "0", "ust be a whole number from 100 to 32767"),
                                     ("Height", "tall", "ust be a whole number from 100 to 32767"),
                                     ("Resolution", "5", "ust be a whole number from 24 to 2400"),
                                     ("Width", "30000", "pixels are too many")):
            with self.subTest(label=label, words=words):
                if words == "30000":
                    self.person.write(entries["Resolution"], "300")
                self.person.write(entries[label], words)
                find(window, LABEL, re.compile(reason))
                wait(lambda: not save.has_state(SENSITIVE), "Save cannot be pressed")
                self.person.press("Return")
                self.assertEqual(entries[label].text, words)
                self.person.write(entries[label], good[label])
                wait(lambda: save.has_state(SENSITIVE), "Save can be pressed")
        self.assertEqual(len(self.person.windows()), 2)
        self.person.press("Escape")
        self.person.await_windows(1)

    def test_what_cannot_be_saved_is_said(self):
        window = self.open_export()
        self.choose(window, "Format", "SVG")
        self.choose_file(window, "/proc/figure.svg")
        message = self.person.await_windows(3)
        find(message, LABEL, "The figure was not saved")
        find(message, LABEL, re.compile("/proc/figure.svg"))
        self.person.press("Escape")
        self.person.await_windows(2)
        wait(lambda: find_now(window, BUTTON, re.compile("Save…$")).has_state(SENSITIVE), "Save again")
        self.person.press("Escape")
        self.person.await_windows(1)
        self.set_noise("0.6")

    def test_copy(self):
        reader = """
import sys
import gi
try:
    gi.require_version("Gdk", "4.0")
    gi.require_version("Gtk", "4.0")
except ValueError:
    sys.exit(77)
from gi.repository import Gdk, GLib, Gtk
Gtk.init()
loop = GLib.MainLoop()
def done(clipboard, result):
    texture = clipboard.read_texture_finish(result)
    texture.save_to_png(sys.argv[1])
    loop.quit()
Gdk.Display.get_default().get_clipboard().read_texture_async(None, done)
GLib.timeout_add_seconds(15, loop.quit)
loop.run()
"""
        self.set_noise("0.65")
        # An entry copies its own text; a click takes the focus from it.
        self.person.click(self.bench.figure, *TITLE)
        self.person.press("ctrl+c")
        find_last(self.person.window, LABEL, "Figure copied")
        path = self.folder / "copied.png"
        done = subprocess.run([sys.executable, "-c", reader, path], capture_output=True, timeout=60)
        if done.returncode == 77:
            self.skipTest("nothing to read the clipboard with")
        width, height = struct.unpack(">II", path.read_bytes()[16:24])
        figure = box(self.bench.figure)
        self.assertEqual((width, height), (2 * figure[2], 2 * figure[3]))

    # The rest of the window

    def test_f9_hides_the_parameters(self):
        figure, slider = self.bench.figure, self.bench.row("Width").slider
        before, place = box(figure), self.person.place(slider)
        button = find(self.person.window, BUTTON, "Parameters")
        self.person.press("F9")
        wait(lambda: box(figure)[2] > before[2] + 250, "a figure as wide as the window")
        wait(lambda: not button.has_state(PRESSED), "the button is up")
        self.person.click(button)
        wait(lambda: (box(figure), self.person.place(slider)) == (before, place),
             "the parameters again")

    def test_shortcuts_and_about(self):
        self.person.press("F1")
        window = self.person.await_windows(2)
        words = {name for widget, name in names_in(window) if widget.role == LABEL}
        # Those on the first page; newer toolkits have no other in the tree.
        self.assertLessEqual({"Export the figure", "Copy the figure", "Stop computing", "Quit"},
                             words)
        self.person.press("Escape")
        self.person.await_windows(1)

        self.person.press("F10")
        self.choose_item("_About Tangent Lab")
        wait(lambda: self.person.windows()[-1].name == "About", "the window About")
        about = self.person.await_windows(2)
        version = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, timeout=60,
                                 check=True).stdout.split()[-1]
        words = [name for _, name in names_in(about)]
        self.assertIn("Tangent Lab", words)
        self.assertIn(version, words)
        self.person.press("Escape")
        self.person.await_windows(1)

    def test_every_control_has_a_name(self):
        # Names that come from a class are none.
        nameless = re.compile(r"^$|^(Gtk|Adw|App)[A-Z]")

        def check(window):
            # The button of a toast is the library's own.
            toasts = [widget for toast in find_all(window, name="AdwToastWidget") for widget in find_all(toast)]
            for widget in find_all(window, name=nameless):
                if widget.role in (BUTTON, SLIDER, ENTRY, DROP_DOWN, SWITCH) and widget not in toasts:
                    wrong.append(f"{widget.role} {widget.name} {box(widget)}")
        wrong = []
        check(self.person.window)
        check(self.open_export())
        self.person.press("Escape")
        self.person.await_windows(1)
        self.assertEqual(wrong, [])
        self.assertEqual(find_all(self.person.window, IMAGE, ""), [])

    def test_both_ways_to_look_see_the_same(self):
        """The bar of a job that has ended is hidden, and seen in neither."""
        items = tell_items(self.person.window.owner).values()
        self.assertIn(PROGRESS, [item.role for item in items])
        seen = again(lambda: sighted(self.person.window))
        self.assertEqual(seen, names_in(self.person.window))
        self.assertNotIn(PROGRESS, [widget.role for widget, _ in seen])

    def test_keyboard_alone(self):
        sought = {name: self.bench.row(name).slider
                  for name in ("Width", "Depth", "Noise", "Initialization")}
        sought["Export figure"] = find(self.person.window, BUTTON, "Export figure")
        reached = []
        for _ in range(300):
            self.person.press("Tab")
            now = [name for name, widget in sought.items() if widget.has_state(FOCUSED)]
            if now == ["Export figure"] and now[0] not in reached:
                self.person.press("space")
                self.person.await_windows(2)
                self.person.press("Escape")
                self.person.await_windows(1)
            reached += now
            if len(set(reached)) == len(sought):
                break
        self.assertEqual(set(reached), set(sought))
        self.assertEqual([name for name in reached if name != "Export figure"],
                         ["Width", "Depth", "Noise", "Initialization"])


class Experiments(Base):
    """What computes anew, by a small experiment that the command line wrote."""

    small = SMALL
    TITLE = "Linearised network, D = 5, n = 60, σ = 0.5, ridgeless, mirrored"

    def setUp(self):
        super().setUp()
        self.bench.wait_for_end()

    def test_depth_computes_anew(self):
        bench, row = self.bench, self.bench.row("Depth")
        self.assertEqual(bench.title(), self.TITLE)
        verdict, seen = bench.verdict(), set()
        self.move(row, 3 / 9, lambda: seen.add(row.entry.text))
        self.assertTrue(seen & {"2", "3"}, seen)
        wait(lambda: row.entry.text == "4", "depth 4")
        bench.wait_for_title("L = 4,")
        bench.wait_for_end()
        self.assertNotEqual(bench.verdict(), verdict)
        expected = json.loads(cli("run", *SMALL, "-p", "depth=4", "-o", "-"))
        self.assertEqual(bench.verdict(), expected["verdict"])

        self.person.press("alt+d")
        wait(lambda: row.slider.has_state(FOCUSED), "the depth has the focus")
        self.person.press("Left", "Left")
        bench.wait_for_title("L = 2,")
        self.person.press("Home")
        wait(lambda: bench.title() == self.TITLE, "depth 1")
        bench.wait_for_end()
        self.assertEqual(bench.verdict(), verdict)

    def test_exhibit_chooser(self):
        person = self.person
        self.show("Random features")
        self.bench.wait_for_title("Random features, D = 20, n = 100")
        wait(lambda: len(person.ids()) == 1, "the chooser closes")
        self.bench.wait_for_end()
        self.assertRegex(self.bench.verdict(), "^Peak at width 10[0-9]")
        find(person.window, SWITCH, "From noise")
        self.show("Generalization curves")
        self.bench.wait_for_title("Infinite-width NTK, D = 6")
        person.press("Escape")  # it takes long
        find(person.window, SLIDER, "Slope from")
        self.assertIsNone(find_now(person.window, DROP_DOWN, "Model"))
        self.show("Double descent")
        self.bench.wait_for_title("Linearised network, D = 10, n = 200")
        self.bench.wait_for_end()
        self.assertRegex(self.bench.verdict(), r"^Peak at width 20\b")
        # Back to the small experiment.
        person.press(*["ctrl+z"] * 3)
        wait(lambda: self.bench.title() == self.TITLE, "the small experiment")

    def test_activation(self):
        combo = find(self.person.window, DROP_DOWN, "Activation")
        self.person.scroll_to(combo)
        self.assertIsNone(find_now(self.person.window, SLIDER, "Leak"))
        for words, title in (("erf", ", erf, D"), ("Leaky ReLU", ", Leaky ReLU, D"),
                             ("ReLU", "network, D")):
            self.pick(combo, words)
            self.bench.wait_for_title(title)
            self.assertEqual(find_now(self.person.window, SLIDER, "Leak") is not None,
                             words == "Leaky ReLU")
        self.bench.wait_for_end()

    def test_axis(self):
        """Another axis has another range, and its slider is the cursor; ridge and time answer at once
        when the eigenvalues are there."""
        bench = self.bench
        axis = find(self.person.window, DROP_DOWN, "Along the axis")
        self.person.scroll_to(axis)
        self.pick(axis, "Training time")
        bench.wait_for_title("m = 100")
        bench.wait_for_end()
        self.assertEqual((number(self.row("From").entry), number(self.row("To").entry)), (0.1, 1e5))
        self.assertNotIn("width", bench.verdict())
        time = bench.row("Training time")
        verdict, status = bench.verdict(), bench.status()
        self.person.scroll_to(time.entry)
        self.set(time, "1000")
        wait(lambda: number(time.entry) == 1000, "the cursor at 1000")
        self.assertEqual((bench.verdict(), bench.status()), (verdict, status))
        self.set(bench.row("Ridge"), "0.1")
        bench.wait_for_title("λ = 0.1")
        bench.wait_for_end()
        self.assertNotEqual(bench.verdict(), verdict)
        # What has infinite width cannot be swept over it, and says so.
        self.person.scroll_to(axis)
        self.pick(axis, "Width")
        self.set(self.row("To"), "60")
        bench.wait_for_end()
        model = find(self.person.window, DROP_DOWN, "Model")
        self.person.scroll_to(model)
        title = bench.title()
        self.person.move_away()
        self.person.click(model)
        popover = wait(lambda: self.person.popover(model), "the popover")
        find(popover, LABEL, re.compile("no width to sweep"))
        self.person.click(find(popover, LABEL, "Infinite width"))
        holds(lambda: self.person.popover(model) is not None and bench.title() == title,
              "what cannot be chosen is not", MOMENT)
        self.person.press("Escape")
        wait(lambda: self.person.popover(model) is None, "the popover goes")
        # Back to the small experiment.
        for name, words in (("Ridge", "0"), ("Training time", "inf")):
            self.set(self.row(name), words)
        wait(lambda: bench.title() == self.TITLE, "the small experiment")
        bench.wait_for_end()

    def test_contradiction(self):
        row, other = self.row("From"), self.row("To")
        title, verdict = self.bench.title(), self.bench.verdict()
        self.set(row, "500")
        wait(row.is_refused, "the contradiction at its row")
        self.assertEqual(row.complaint(), "“From” must not be above “To”, which is 60")
        self.assertEqual((self.bench.title(), self.bench.sentences()), (title, [verdict]))
        self.assertEqual((row.entry.text, other.entry.text), ("500", "60"))
        self.set(row, "2")
        wait(lambda: not row.is_refused(), "no contradiction")
        self.bench.wait_for_end()

    def test_stop(self):
        bench = self.bench
        # Slow enough that the job still runs when the hand has come to the button.
        self.set(self.row("Depth"), "6")
        bench.wait_for_title("L = 6,")
        title = bench.title()
        row = self.row("Seeds")
        for stop in (lambda: self.person.click(find(self.person.window, BUTTON, "Stop computing")),
                     lambda: self.person.press("Escape")):
            self.set(row, "1000")
            wait(bench.is_busy, "progress")
            wait(lambda: re.match(r"\d+ of 1000 seeds", bench.status()), "some of 1000 seeds")
            stop()
            wait(lambda: not bench.is_busy(), "the job has stopped")
            gone(self.person.window, BUTTON, "Stop computing")
            done = int(bench.status().split()[0])
            self.assertGreater(done, 0)
            self.assertLess(done, 1000)
            status = bench.status()
            holds(lambda: bench.status() == status and not bench.is_busy(), status, MOMENT)
            self.assertEqual(bench.title(), title)
            self.assertTrue(bench.verdict())
            self.set(row, "20")
            bench.wait_for_end()
        self.set(self.row("Depth"), "1")
        wait(lambda: bench.title() == self.TITLE, "depth 1")

    def test_export_csv(self):
        self.set(self.row("Noise"), "0.9")
        self.bench.wait_for_title("σ = 0.9,")
        path = self.export("table", "CSV")
        given = json.loads(cli("run", *SMALL, "-p", "noise=0.9", "-o", "-"))
        series = {entry["id"]: entry for entry in given["series"]}
        lines = path.read_text(encoding="utf-8").splitlines()
        comments = [line for line in lines if line.startswith("#")]
        self.assertTrue(any("σ = 0.9" in line for line in comments), comments)
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
        drawn = {row["series"] for row in rows}
        self.assertLessEqual({"test", "train", "limit"}, drawn)
        for name in drawn:
            with self.subTest(series=name):
                mine = [row for row in rows if row["series"] == name]
                self.assertEqual([float(row["x"]) for row in mine], series[name]["x"])
                self.assertEqual([float(row["y"]) for row in mine], series[name]["y"])
                for key in ("low", "high", "count"):
                    if mine[0][key] != "":
                        self.assertEqual([float(row[key]) for row in mine], series[name][key])
        self.assertEqual(self.parameters_of(path)["noise"], 0.9)
        self.set(self.row("Noise"), "0.5")
        wait(lambda: self.bench.title() == self.TITLE, "the noise as it was")

    def test_wrong_arguments_are_refused(self):
        done = subprocess.run([PROGRAM, "doubel-descent"], capture_output=True, text=True,
                              timeout=60)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("double-descent", done.stderr)


class LearningCurve(Base):
    """The second exhibit, on a small experiment."""

    small = SMALL_CURVE
    TITLE = "Infinite-width NTK, D = 4, σ = 0.3, target: Linear, stop: Best time"

    def setUp(self):
        super().setUp()
        wait(lambda: self.bench.title() == self.TITLE, "the small experiment")
        self.bench.wait_for_end(3)

    def window_edges(self):
        """Where the slope range begins and ends, as parts of the figure's width: by its
        shade, in a row of pixels low in the frame, on no line of the grid."""
        _, _, width, height = box(self.bench.figure)
        pixels = self.bench.pixels()

        def pixel_row(y):
            return [pixels[3 * (y * width + x):3 * (y * width + x) + 3] for x in range(width)]
        white = b"\xff\xff\xff"
        row = max(map(pixel_row, range(round(0.7 * height), round(0.8 * height))),
                  key=lambda row: row.count(white))
        colours = sorted(set(row) - {white}, key=row.count)
        shaded = [x for x, colour in enumerate(row) if colour == colours[-1]]
        return shaded[0] / width, shaded[-1] / width

    def test_slope_range(self):
        bench, person = self.bench, self.person
        status, verdict = bench.status(), bench.verdict()
        begin, end = self.row("Slope from").entry, self.row("Slope to").entry
        self.assertEqual((begin.text, end.text), ("16", "128"))
        person.move_away()
        lo, hi = self.window_edges()
        seen, verdicts = set(), set()

        def watch():
            seen.add(begin.text)
            verdicts.add(bench.verdict())
        person.drag(bench.figure, lo, (lo + hi) / 2, watch)
        self.assertGreater(len(seen), 2)
        self.assertGreater(len(verdicts), 1)
        wait(lambda: 35 <= number(begin) <= 60, "the range begins in the middle")
        self.assertEqual(end.text, "128")
        self.assert_no_job(status)

        # By its strip as a whole, the ratio kept; twice clicked, back.
        ratio = number(end) / number(begin)
        strip = self.strip()
        lo, hi = self.window_edges()
        person.drag(bench.figure, (lo + hi) / 2, (lo + hi) / 2 - (hi - lo) / 2, y=strip)
        wait(lambda: number(end) < 110, "the whole window has moved")
        self.assertAlmostEqual(number(end) / number(begin), ratio, delta=0.15)
        lo, hi = self.window_edges()
        person.click(bench.figure, (lo + hi) / 2, strip, times=2)
        wait(lambda: (begin.text, end.text) == ("16", "128"), "the whole range again")
        wait(lambda: bench.verdict() == verdict, "the first slopes again")
        self.assertEqual(bench.status(), status)

        # With the keyboard, the figure has the focus since the click.
        person.press("shift+Right")
        wait(lambda: number(begin) > 16, "the range begins later")
        person.press("ctrl+Left")
        wait(lambda: number(end) < 128, "the range ends earlier")
        person.press("shift+F10")
        self.choose_item("_Reset Slope Range")
        wait(lambda: (begin.text, end.text) == ("16", "128"), "the whole range again")
        self.assert_no_job(status)

    def strip(self):
        """The height of the window's strip: just below the top of the frame, where the shade
        begins."""
        _, _, width, height = box(self.bench.figure)
        pixels = self.bench.pixels()
        lo, hi = self.window_edges()
        x = round((lo + (hi - lo) * 0.31) * width)
        shade = pixels[(round(0.8 * height) * width + x) * 3:][:3]
        top = next(y for y in range(height) if pixels[(y * width + x) * 3:][:3] == shade)
        return (top + 6) / height

    def test_width_ends_at_infinity(self):
        bench, row = self.bench, self.row("Width")
        self.assertEqual((row.entry.text, thumb(row)), ("∞", 1))
        find(self.person.window, DROP_DOWN, "Kernel")
        self.set(row, "16")
        bench.wait_for_title("Linearised network, m = 16")
        gone(self.person.window, DROP_DOWN, "Kernel")
        bench.wait_for_end(3)
        self.move(row, 1)
        wait(lambda: row.entry.text == "∞", "infinity")
        bench.wait_for_title(self.TITLE)
        self.person.press("Left")
        wait(lambda: row.entry.text == "4096", "the largest width")
        self.person.press("Right")
        wait(lambda: row.entry.text == "∞", "infinity again")
        find(self.person.window, DROP_DOWN, "Kernel")

    def test_two_dimensions(self):
        bench, row = self.bench, self.row("Input dimension")
        self.set(row, "4, x")
        wait(row.is_refused, "a reason")
        self.set(row, "4, 6")
        bench.wait_for_title("Infinite-width NTK, σ")
        bench.wait_for_end(3)
        self.assertIn("D = 4", bench.verdict())
        self.assertIn("D = 6", bench.verdict())
        before = bench.pixels()
        self.set(row, "4")
        bench.wait_for_title(self.TITLE)
        bench.wait_for_end(3)
        self.assertNotEqual(bench.pixels(), before)

    def test_stop_rule(self):
        bench, verdict = self.bench, self.bench.verdict()
        combo = find(self.person.window, DROP_DOWN, "Training stops")
        self.person.scroll_to(combo)
        self.assertIsNone(find_now(self.person.window, SLIDER, "Training time"))
        self.pick(combo, "Fixed time")
        bench.wait_for_title("stop: Fixed time")
        row = self.row("Training time")
        self.assertEqual(row.entry.text, "∞")
        self.set(row, "10")
        bench.wait_for_end(3)
        wait(lambda: bench.verdict() != verdict, "other slopes")
        self.set(row, "∞")
        self.person.scroll_to(combo)
        self.pick(combo, "Best time")
        bench.wait_for_title(self.TITLE)

    def test_cursor(self):
        bench, person, entry = self.bench, self.person, self.row("Samples").entry
        status = bench.status()
        person.click(bench.figure, *TITLE)
        before = bench.pixels()
        person.press("Right")
        wait(lambda: 32 < number(entry) < 60, "the next point")
        wait(lambda: bench.pixels() != before, "the cursor has moved")
        # Beyond the last point theory goes on.
        person.press(*["Right"] * 6)
        wait(lambda: number(entry) > 128, "beyond what is simulated")
        self.assert_no_job(status)
        self.set(self.row("Samples"), "32")
        wait(lambda: entry.text == "32", "32 samples")

    def test_export(self):
        self.set(self.row("Slope from"), "32")
        wait(lambda: self.row("Slope from").entry.text == "32", "the window")
        verdict = self.bench.verdict()
        path = self.export("curve.svg", "SVG", width=640, height=420)
        self.assertEqual(ElementTree.parse(path).getroot().tag, "{http://www.w3.org/2000/svg}svg")
        parameters = self.parameters_of(path)
        self.assertEqual((parameters["fit-from"], parameters["dim"], parameters["width"]),
                         (32, 4, "inf"))
        path = self.export("curve", "CSV")
        again = json.loads(cli("run", path, "-o", "-"))
        self.assertEqual(again["verdict"], verdict)
        series = {entry["id"]: entry for entry in again["series"]}
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [row for row in csv.DictReader(line for line in lines if not line.startswith("#"))
                if row["series"] == "standard"]
        self.assertEqual([float(row["y"]) for row in rows], series["standard"]["y"])
        self.set(self.row("Slope from"), "16")


class German(Base):
    small = SMALL
    entry_name = "{}, genauer Wert"

    @classmethod
    def begin(cls):
        # No locale but C.UTF-8 need be installed. Newer C libraries do not translate in that one, but
        # in the same under another name.
        locale = cls.folder / "de_DE.UTF-8"
        if not locale.is_symlink():
            locale.symlink_to("/usr/lib/locale/C.utf8")
        cls.environment = {"LANGUAGE": "de", "LANG": "de_DE.UTF-8", "LC_ALL": "",
                           "LOCPATH": cls.folder, "TANGENT_LAB_LOCALEDIR": LOCALE_DIR}
        super().begin()

    @classmethod
    def ready(cls):
        cls.figure = find(cls.person.window, IMAGE, re.compile("D = "))

    def test_words_are_german(self):
        window = self.person.window
        names = {name for _, name in names_in(window)}
        self.assertLessEqual({"Breite", "Tiefe", "Rauschen", "Initialisierung", "Netz", "Daten",
                              "Gespiegelt", "Standard", "Parameter", "Abbildung exportieren"},
                             names)
        find(window, LABEL, re.compile(r"^20 von 20 Startwerten"))
        verdict = self.figure.description
        self.assertIn("Breite 12", verdict)
        self.assertNotRegex(verdict, r"Peak|\bwidth|error|times")
        self.assertNotRegex(self.figure.name, "network|mirrored|ridgeless")

    def test_refusal_is_german(self):
        entry = find(self.person.window, ENTRY, "Rauschen, genauer Wert")
        self.person.write(entry, "5")
        self.person.press("Return")
        row = Row("Rauschen", find(self.person.window, SLIDER, "Rauschen"), entry)
        wait(row.is_refused, "a reason")
        self.assertRegex(row.complaint(), r"0\b.*\b3")
        self.assertNotRegex(row.complaint(), r"must|\bnot\b")
        self.person.press("Escape")


class Narrow(Base):
    """The parameters fold over the figure."""

    small = SMALL
    size = (700, 900)

    def check(self):
        bench, button = self.bench, find(self.person.window, BUTTON, "Parameters")
        width = box(self.person.window)[2]
        wait(lambda: not button.has_state(PRESSED), "folded")
        wait(lambda: box(bench.figure)[2] == width, "the figure has the whole width")
        place = self.person.place(bench.figure, 0, 0)

        self.person.click(button)
        wait(lambda: button.has_state(PRESSED), "unfolded")
        # In the tree only now, with newer toolkits.
        row = Row("Noise", find(self.person.window, SLIDER, "Noise"),
                  find(self.person.window, ENTRY, "Noise, exact value"))
        wait(lambda: box(row.slider)[0] > 0, "the slider is in the window")
        self.assertLess(box(row.slider)[0] + box(row.slider)[2], width)
        self.assertEqual((box(bench.figure)[2], self.person.place(bench.figure, 0, 0)),
                         (width, place))
        status = bench.status()
        before = number(row.entry)
        self.move(row, 0.5 if before < 1 else 0.2)
        wait(lambda: number(row.entry) != before, "another noise")
        bench.wait_for_title(f"σ = {row.entry.text},")
        self.assertEqual(bench.status(), status)
        for label in (bench.status_label, bench.bar):
            x, y, w, h = box(label)
            self.assertTrue(0 <= x and x + w <= width and y + h <= box(self.person.window)[3])
        self.person.press("F9")
        wait(lambda: not button.has_state(PRESSED), "folded again")

    def test_narrow(self):
        self.bench.wait_for_end()
        self.check()
        self.person.resize(360, 600)
        self.check()
        self.person.resize(1200, 800)
        wait(lambda: box(self.bench.figure)[2] < 900, "the parameters are beside the figure again")


if __name__ == "__main__":
    unittest.main()
