"""A person at the figure: zooms, moves, hides, and looks at the model at the cursor.

Arguments as of test_window.py.
"""

import re
import subprocess
import time
import unittest

from accessible import FOCUSED, IMAGE, LABEL
from hand import xdotool
from look import box, find, find_again, find_last, gone, holds, read_number, wait
from test_window import MIDDLE, MOMENT, SMALL, TITLE, X_AXIS, Y_AXIS, Base, number


class Gestures(Base):
    """The pointer on the figure. What is in sight stands in the figure's description, as soon as it
    is not what the figure comes with."""

    small = SMALL

    def setUp(self):
        super().setUp()
        self.bench.wait_for_end()
        self.figure = self.bench.figure
        self.person.click(self.figure, *TITLE)
        wait(lambda: self.figure.has_state(FOCUSED), "the figure has the focus")
        self.verdict = self.bench.sentences()[0]
        self.assertEqual(self.said(), "")

    def said(self):
        """What the description says after the verdict."""
        description = self.bench.verdict()
        self.assertTrue(description.startswith(self.verdict), description)
        return description[len(self.verdict):].strip()

    def sight(self):
        """((from, to) of x, (from, to) of y), or nothing."""
        found = re.search(r"In sight: .*? from (.+?) to (.+?), .*? from (.+?) to (.+?)\.(?: |$)",
                          self.said())
        if not found:
            return None
        x0, x1, y0, y1 = map(read_number, found.groups())
        return (x0, x1), (y0, y1)

    def wait_for_sight(self, before=None):
        """Another range than before."""
        return wait(lambda: self.sight() != before and self.sight(), f"another range than {before}")

    def wait_for_frame(self):
        wait(lambda: self.said() == "", "all of the figure")

    def rest(self):
        """The hand is taken away, and what it did has come to its end."""
        self.person.move_away()
        self.person.click(self.figure, *TITLE)
        holds(lambda: True, "a moment", MOMENT + 0.3)

    def looks(self):
        """Without the ring of the focus, which comes and goes with time."""
        self.rest()
        width, pixels = 3 * box(self.figure)[2], self.bench.pixels()
        rows = [pixels[i + 12:i + width - 12] for i in range(0, len(pixels), width)]
        return b"".join(rows[4:-4])

    def assert_inside(self, inner, outer):
        self.assertTrue(outer[0] < inner[0] < inner[1] < outer[1], (inner, outer))

    def test_wheel(self):
        self.person.press("Home")
        before = self.looks()
        self.person.turn_wheel(self.figure, *MIDDLE, 2)
        first = self.wait_for_sight()
        self.assertNotEqual(self.looks(), before)
        self.person.turn_wheel(self.figure, *MIDDLE, 3)
        second = self.wait_for_sight(first)
        for inner, outer in zip(second, first):
            self.assert_inside(inner, outer)
        # What was turned at once is one step back.
        self.rest()
        second = self.sight()
        self.person.press("BackSpace")
        self.assertEqual(self.wait_for_sight(second), first)
        self.person.press("BackSpace")
        self.wait_for_frame()
        self.assertEqual(self.looks(), before)

    def test_wheel_outwards(self):
        self.person.turn_wheel(self.figure, *MIDDLE, -2)
        first = self.wait_for_sight()
        self.person.turn_wheel(self.figure, *MIDDLE, -2)
        wait(lambda: self.sight() != first and self.sight()[0][1] > first[0][1], "a wider range")
        self.assert_inside(first[1], self.sight()[1])
        self.person.press("Home")
        self.wait_for_frame()

    def test_wheel_over_an_axis(self):
        self.person.turn_wheel(self.figure, *MIDDLE, 1)
        first = self.wait_for_sight()
        self.person.turn_wheel(self.figure, *X_AXIS, 2)
        second = self.wait_for_sight(first)
        self.assert_inside(second[0], first[0])
        self.assertEqual(second[1], first[1])
        self.rest()
        second = self.sight()
        self.person.turn_wheel(self.figure, *Y_AXIS, 2)
        third = self.wait_for_sight(second)
        self.assertEqual(third[0], second[0])
        self.assert_inside(third[1], second[1])
        self.person.press("Home")
        self.wait_for_frame()

    def test_drag_pans(self):
        width = self.bench.row("Width").entry.text
        self.person.turn_wheel(self.figure, *MIDDLE, 1)
        self.wait_for_sight()
        self.rest()
        before = self.sight()
        self.person.sweep(self.figure, MIDDLE, (0.6, 0.6))
        after = self.wait_for_sight(before)
        self.rest()
        after = self.sight()
        # To the right and down: smaller x and larger y come in sight, on the same span.
        self.assertLess(after[0][0], before[0][0])
        self.assertGreater(after[1][1], before[1][1])
        for new, old in zip(after, before):
            self.assertAlmostEqual((new[1] / new[0]) / (old[1] / old[0]), 1, delta=0.02)
        self.assertEqual(self.bench.row("Width").entry.text, width)
        self.person.press("BackSpace")
        wait(lambda: self.sight() == before, "the range of before")
        self.person.press("Home")
        self.wait_for_frame()

    def test_escape_gives_up_a_drag(self):
        def escape():
            self.wait_for_sight()
            self.person.press("Escape")
            self.wait_for_frame()
        self.person.sweep(self.figure, MIDDLE, (0.6, 0.6), watch=escape)
        holds(lambda: self.said() == "", "no drag", MOMENT)

    def test_box(self):
        pictures = []
        self.person.press("Home")
        before = self.looks()
        self.person.sweep(self.figure, (0.4, 0.3), (0.6, 0.6), hold="shift",
                          watch=lambda: pictures.append(self.bench.pixels()))
        first = self.wait_for_sight()
        self.assertNotEqual(pictures[0], before)
        # Thin: for x alone.
        self.person.sweep(self.figure, (0.3, 0.5), (0.7, 0.5), hold="shift")
        second = self.wait_for_sight(first)
        self.assert_inside(second[0], first[0])
        self.assertEqual(second[1], first[1])
        self.person.press("BackSpace")
        self.assertEqual(self.wait_for_sight(second), first)
        self.person.press("BackSpace")
        self.wait_for_frame()
        self.assertEqual(self.looks(), before)

    def test_double_click_and_home_frame(self):
        width = self.bench.row("Width").entry.text
        for frame in (lambda: self.person.click(self.figure, *MIDDLE, times=2),
                      lambda: self.person.press("Home")):
            self.person.turn_wheel(self.figure, *MIDDLE, 2)
            zoomed = self.wait_for_sight()
            self.rest()
            zoomed = self.sight()
            frame()
            self.wait_for_frame()
            self.assertEqual(self.bench.row("Width").entry.text, width)
            self.person.press("BackSpace")
            self.assertEqual(self.wait_for_sight(), zoomed)
            self.person.press("Home")
            self.wait_for_frame()

    def test_a_click_moves_the_cursor(self):
        entry = self.bench.row("Width").entry
        width = entry.text
        self.person.click(self.figure, 0.3, 0.7)
        wait(lambda: entry.text != width, "another width")
        self.assertEqual(self.said(), "")
        self.set(self.bench.row("Width"), width)

    def test_keys(self):
        self.person.press("plus")
        first = self.wait_for_sight()
        self.person.press("plus")
        second = self.wait_for_sight(first)
        for inner, outer in zip(second, first):
            self.assert_inside(inner, outer)
        self.person.press("minus")
        wait(lambda: self.sight() == first, "the first range")
        self.person.press("alt+Right")
        third = self.wait_for_sight(first)
        self.assertTrue(third[0][0] > first[0][0] and third[1] == first[1])
        self.person.press("alt+Down")
        fourth = self.wait_for_sight(third)
        self.assertTrue(fourth[0] == third[0] and fourth[1][0] < third[1][0])
        self.person.press("BackSpace", "BackSpace")
        wait(lambda: self.sight() == first, "two steps back")
        self.person.press("Home")
        self.wait_for_frame()

    def test_axes(self):
        for place, name in ((X_AXIS, "width m"), (Y_AXIS, "mean squared error")):
            with self.subTest(axis=name):
                self.person.press("Home")
                before = self.looks()
                self.person.click(self.figure, *place)
                wait(lambda: self.said() == f"Linear axis: {name}.", "a linear axis")
                self.assertNotEqual(self.looks(), before)
                # It stays for newer curves.
                self.set(self.bench.row("Noise"), "0.6")
                self.bench.wait_for_title("σ = 0.6")
                self.set(self.bench.row("Noise"), "0.5")
                self.bench.wait_for_title("σ = 0.5")
                wait(lambda: self.bench.verdict() == f"{self.verdict} Linear axis: {name}.",
                     "a linear axis still")
                self.person.click(self.figure, *place)
                self.wait_for_frame()
                self.assertEqual(self.looks(), before)

    def find_legend(self):
        """A place in its second entry, found by what a click does there; its curve is hidden then. What
        a click does may come late and look like the work of the next, so each place shows it twice."""
        _, _, width, height = box(self.figure)
        whole = self.said()

        def hides(place):
            self.person.click(self.figure, *place)
            try:
                wait(lambda: "Hidden: " in self.said(), "a curve goes", 0.25)
                return "Hidden: training error." in self.said()
            except AssertionError:
                return False

        for x in (0.82, 0.15):
            for pixel in range(80, height // 3, 9):
                place = x, pixel / height
                if hides(place):
                    self.person.click(self.figure, *place)
                    wait(lambda: "Hidden: " not in self.said(), "the curve is back")
                    if hides(place):
                        return place
                if "Hidden: " in self.said():
                    self.menu("Show _All Curves")
                    wait(lambda: self.said() == whole, "all curves are back")
        self.fail("no legend")

    def test_legend(self):
        self.person.press("Home")
        place = self.find_legend()
        hidden = self.looks()
        self.person.click(self.figure, *place)
        self.wait_for_frame()
        whole = self.looks()
        self.assertNotEqual(hidden, whole)
        for key in ("alt", "ctrl"):
            with self.subTest(key=key):
                self.person.click(self.figure, *place, hold=key)
                wait(lambda: self.said().startswith("Hidden: test error"), "all others are hidden")
                self.assertNotIn("training error", self.said())
                self.person.click(self.figure, *place, hold=key)
                self.wait_for_frame()
        self.assertEqual(self.looks(), whole)

    def test_what_is_seen_stays(self):
        """While newer curves come."""
        self.person.turn_wheel(self.figure, *MIDDLE, 2)
        self.wait_for_sight()
        self.rest()
        seen = self.sight()
        self.set(self.bench.row("Noise"), "0.7")
        self.bench.wait_for_title("σ = 0.7")
        self.verdict = wait(lambda: self.bench.sentences()[0] != self.verdict
                            and self.bench.sentences()[0], "another verdict")
        wait(lambda: self.sight() == seen, "the same range")
        self.move(self.bench.row("Noise"), 0.4)
        self.set(self.bench.row("Noise"), "0.5")
        self.bench.wait_for_title("σ = 0.5")
        self.verdict = self.bench.sentences()[0]
        wait(lambda: self.sight() == seen, "the same range")
        self.person.click(self.figure, *TITLE)
        self.person.press("Home")
        self.wait_for_frame()

    def menu(self, name):
        self.person.click(self.figure, 0.3, 0.3, button=3)
        self.choose_item(name)

    def test_menu(self):
        self.menu("Zoom _In")
        self.wait_for_sight()
        self.menu("Go _Back")
        self.wait_for_frame()
        self.menu("Zoom _Out")
        self.wait_for_sight()
        self.menu("_Frame Everything")
        self.wait_for_frame()

    def test_export_what_is_seen(self):
        self.find_legend()
        path = self.export("seen.csv", "CSV")
        names = {line.split(",")[0] for line in path.read_text(encoding="utf-8").splitlines()
                 if not line.startswith("#")}
        self.assertIn("test", names)
        self.assertNotIn("train", names)
        self.menu("Show _All Curves")
        self.wait_for_frame()
        self.assertIn("\ntrain,", self.export("all.csv", "CSV").read_text(encoding="utf-8"))
        # The words lie on the figure.
        gone(self.person.window, LABEL, re.compile("^Saved"))


class Look(Base):
    """What the model at the cursor looks like, under the curve."""

    small = SMALL

    def setUp(self):
        super().setUp()
        self.views = {}
        self.bench.wait_for_end()

    def view(self, name):
        """The fit or the spectrum."""
        return find_again(self.views, self.person.window, IMAGE, re.compile(f"^{name} at m = "))

    def width_seen(self, name):
        return int(re.search(r"at m = (\d+)", self.view(name).name).group(1))

    def wait_for_width(self, width):
        for name in ("Fit", "Spectrum"):
            wait(lambda: self.width_seen(name) == width, f"{name} at {width}")

    def test_what_is_said(self):
        said = self.view("Fit").description
        self.assertRegex(said, r"^Condition number .* of \d+ directions dropped\.")
        self.assertEqual(self.view("Spectrum").description, said)
        find(self.person.window, LABEL, said)

    def test_follows_the_cursor(self):
        row = self.row("Width")
        self.set(row, "30")
        self.wait_for_width(30)
        self.person.click(self.bench.figure, 0.2, 0.5)
        wait(lambda: number(row.entry) < 12, "a smaller width")
        self.wait_for_width(number(row.entry))
        before = number(row.entry)
        self.person.press("Right", "Right")
        wait(lambda: number(row.entry) > before, "two points on")
        self.wait_for_width(number(row.entry))

        seen = set()
        self.move(row, 0.9, lambda: seen.add(self.view("Fit").name), steps=20)
        self.wait_for_width(number(row.entry))
        self.assertGreater(len(seen), 4)

    def test_noise_recombines(self):
        status = self.bench.status()
        said = self.view("Fit").description
        row = self.row("Noise")
        self.move(row, 0.9)
        wait(lambda: self.view("Fit").description != said, "another sentence")
        self.assert_no_job(status)

    def test_key_hides_and_shows(self):
        height = box(self.bench.figure)[3]
        self.person.press("F7")
        gone(self.person.window, IMAGE, re.compile("^Fit at"))
        wait(lambda: box(self.bench.figure)[3] > 1.4 * height, "a higher figure")
        self.person.press("F7")
        self.view("Fit")
        wait(lambda: abs(box(self.bench.figure)[3] - height) <= 1, "the height it had")

    def test_panes_are_dragged(self):
        figure, fit = self.bench.figure, self.view("Fit")
        height, width = box(figure)[3], box(fit)[2]
        x, y = self.person.place(figure, 0.3, 1)
        self.drag_by((x, y + 1), (0, 90))
        wait(lambda: 70 < box(figure)[3] - height <= 90, "a higher figure")
        x, y = self.person.place(fit, 1, 0.5)
        self.drag_by((x + 1, y), (-120, 0))
        wait(lambda: 100 < width - box(fit)[2] <= 132, "a narrower fit")

        # The share stays when the window changes, and while the pane is away.
        share = box(figure)[3] / (box(figure)[3] + box(fit)[3])
        self.person.press("F7")
        gone(self.person.window, IMAGE, re.compile("^Fit at"))
        self.person.press("F7")
        fit = self.view("Fit")
        wait(lambda: abs(box(figure)[3] / (box(figure)[3] + box(fit)[3]) - share) < 0.01,
             "the share it had")

    def point(self, widget, x, y):
        xdotool("mousemove", *self.person.place(widget, x, y), "sleep", 0.1)

    def drag_by(self, start, way):
        xdotool("mousemove", *start, "sleep", 0.1, "mousedown", 1)
        for i in range(1, 11):
            xdotool("mousemove", round(start[0] + way[0] * i / 10),
                    round(start[1] + way[1] * i / 10), "sleep", 0.02)
        xdotool("mouseup", 1)

    def test_pointing_links_the_figures(self):
        def looks(widget):
            x, y = self.person.place(widget, 0, 0)
            _, _, width, height = box(widget)
            return subprocess.run(["import", "-silent", "-window", "root", "-crop",
                                   f"{width}x{height}+{x}+{y}", "-depth", "8", "rgb:-"],
                                  capture_output=True, timeout=30, check=True).stdout

        def rests(widget):
            """What it looks like once that does not change: a busy program draws late."""
            seen, since = looks(widget), time.monotonic()

            def look():
                nonlocal seen, since
                now = looks(widget)
                if now != seen:
                    seen, since = now, time.monotonic()
                return time.monotonic() > since + 1
            wait(look, "it rests")
            return seen
        self.point(self.view("Fit"), 0.01, 0.02)
        spectrum, curve = rests(self.view("Spectrum")), rests(self.bench.figure)
        self.point(self.bench.figure, 0.25, 0.4)
        wait(lambda: looks(self.view("Spectrum")) != spectrum, "a line in the spectrum")
        self.point(self.view("Spectrum"), 0.8, 0.4)
        wait(lambda: looks(self.bench.figure) != curve, "a line in the curve")
        self.point(self.view("Fit"), 0.01, 0.02)
        wait(lambda: looks(self.view("Spectrum")) == spectrum, "no line")
        wait(lambda: looks(self.bench.figure) == curve, "no line")

    def test_copy_and_export_of_the_figure_clicked(self):
        spectrum = self.view("Spectrum")
        self.person.click(spectrum, 0.5, 0.6, button=3)
        self.choose_item("_Copy Figure")
        find_last(self.person.window, LABEL, "Figure copied")
        self.person.click(spectrum, 0.5, 0.6)
        path = self.export("spectrum.csv", "CSV")
        self.assertIn("eigenvalues", path.read_text(encoding="utf-8"))
        self.person.click(self.bench.figure, 0.6, 0.3)
        path = self.export("curve.csv", "CSV")
        self.assertNotIn("eigenvalues", path.read_text(encoding="utf-8"))

    def test_other_exhibits_have_none(self):
        self.view("Fit")
        self.show("Generalization curves")
        self.bench.wait_for_title("Infinite-width NTK")
        self.person.press("Escape")  # it takes long
        gone(self.person.window, IMAGE, re.compile("^Fit at"))
        self.person.press("F7")
        self.person.press("ctrl+z")
        self.view("Fit")


if __name__ == "__main__":
    unittest.main()
