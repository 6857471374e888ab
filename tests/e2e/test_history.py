"""What a person takes back, sets in motion and keeps to compare.

test_history.py PROGRAM COMMAND-LINE-PROGRAM LOCALE-FOLDER PICTURE-FOLDER [unittest's arguments]
"""

import csv
import re
import time
import unittest

from accessible import BUTTON, FOCUSED, LABEL
from look import EVERY, find, find_all, find_last, find_now, gone, wait
from test_window import MOMENT, SMALL, Base, number

UNDO, REDO = "ctrl+z", "ctrl+shift+z"


class Case(Base):
    """Each test begins with the parameters of the first, and ends with nothing pinned."""

    @classmethod
    def ready(cls):
        super().ready()
        cls.bench.wait_for_end()
        cls.title = cls.bench.title()

    def setUp(self):
        super().setUp()
        self.person.press("Escape")
        for _ in range(10):
            if self.bench.title() != self.title:
                self.person.press(UNDO)
                time.sleep(0.1)
        self.bench.wait_for_title(self.title)
        # Escape may have stopped a job that was not done: ask for it again.
        wait(lambda: not self.bench.is_busy(), "it rests")
        if not self.bench.status().startswith("20 of 20"):
            depth = self.row("Depth")
            self.set(depth, "2")
            self.bench.wait_for_title("L = 2")
            self.set(depth, "1")
            wait(lambda: self.bench.title() == self.title, "the title of the first")
        self.bench.wait_for_end()

    def said(self, words):
        find_last(self.person.window, LABEL, words)

    def button(self, name):
        return find(self.person.window, BUTTON, name)

    def await_number(self, row, wanted):
        wait(lambda: number(row.entry) == wanted, f"{row.name} {wanted}, not {row.entry.text}")


class Steps(Case):
    small = SMALL

    def test_drag(self):
        row = self.bench.row("Noise")
        self.move(row, 0.5)
        first = number(row.entry)
        self.move(row, 0.8)
        second = number(row.entry)
        self.assertNotEqual(first, second)
        self.person.press(UNDO)
        self.await_number(row, first)
        self.said("Undo: Noise")
        self.person.press(UNDO)
        self.await_number(row, 0.5)
        self.bench.wait_for_title("σ = 0.5,")
        self.person.press(REDO)
        self.await_number(row, first)
        self.said("Redo: Noise")
        self.person.press("ctrl+y")
        self.await_number(row, second)
        self.bench.wait_for_title(f"σ = {row.entry.text},")

    def test_keys_are_one_step(self):
        row = self.bench.row("Noise")
        self.person.press("alt+n")
        wait(lambda: row.slider.has_state(FOCUSED), "the noise has the focus")
        self.person.press(*["Right"] * 8)
        wait(lambda: number(row.entry) > 0.57, "eight steps")
        self.person.press(UNDO)
        self.await_number(row, 0.5)

    def test_entry_first(self):
        """What is typed and not applied is the entry's own to take back."""
        row = self.bench.row("Noise")
        other = self.bench.row("Initialization")
        self.set(other, "0.5")
        self.bench.wait_for_title("α = 0.5")
        self.person.write(row.entry, "0.7")
        self.person.press(UNDO)
        wait(lambda: row.entry.text != "0.7", "the typed text goes")
        for _ in range(3):
            if row.entry.text != "0.5":
                self.person.press(UNDO)
        wait(lambda: row.entry.text == "0.5", "the text as it was")
        self.assertEqual(number(other.entry), 0.5)

        self.set(row, "0.7")
        self.bench.wait_for_title("σ = 0.7")
        self.assertTrue(row.entry.has_state(FOCUSED))
        self.person.press(UNDO)
        self.await_number(row, 0.5)
        self.bench.wait_for_title("σ = 0.5")
        self.person.press(REDO)
        self.await_number(row, 0.7)
        self.person.press(UNDO, UNDO)
        self.await_number(other, 0)

    def test_cursor(self):
        row = self.bench.row("Width")
        before = number(row.entry)
        self.person.click(self.bench.figure, 0.3, 0.5)
        wait(lambda: number(row.entry) != before, "another width")
        first = number(row.entry)
        self.person.click(self.bench.figure, 0.5, 0.5)
        wait(lambda: number(row.entry) not in (before, first), "a third width")
        self.person.press(UNDO)
        self.await_number(row, before)

    def test_computed(self):
        """Parameters that ask for another job, choices and the reset of everything."""
        row = self.bench.row("Depth")
        self.set(row, "2")
        self.bench.wait_for_title("L = 2, D = 5")
        self.reset()
        self.bench.wait_for_title("D = 10")
        self.person.press(UNDO)
        self.bench.wait_for_title("L = 2, D = 5")
        self.said("Undo: Several parameters")
        self.bench.wait_for_end()
        self.person.press(UNDO)
        self.await_number(row, 1)
        self.bench.wait_for_title(self.title)
        self.bench.wait_for_end()


class Play(Case):
    small = SMALL

    def play(self, name="Noise"):
        """Looked up before: while a slider plays, the program has little time for the bus."""
        button = self.button(f"Play {name}")
        self.person.click(button)
        self.plays(button, name)
        return button

    def plays(self, button, name="Noise"):
        wait(lambda: button.name == f"Pause {name}", f"{name} plays")

    def rests(self, button, name="Noise"):
        wait(lambda: button.name == f"Play {name}", f"{name} rests")

    def stands(self, row):
        """The number comes to rest. The frame in which it is stopped may not yet be on the bus."""
        def rests():
            value, since = row.entry.text, time.monotonic()
            while time.monotonic() < since + MOMENT:
                time.sleep(EVERY)
                if row.entry.text != value:
                    return False
            return True
        wait(rests, f"{row.name} rests")

    def test_play_and_pause(self):
        row = self.bench.row("Noise")
        status = self.bench.status()
        button = self.play()
        seen = []
        wait(lambda: seen.append(number(row.entry)) or len(set(seen)) > 8, "the slider moves", rarely=EVERY)
        self.assertEqual(seen, sorted(seen))
        self.assertFalse(self.bench.is_busy())
        self.person.picture("playing")
        self.person.click(button)
        self.rests(button)
        self.stands(row)
        self.bench.wait_for_title(f"σ = {row.entry.text},")
        self.assertEqual(self.bench.status(), status)
        # The whole sweep is one step.
        self.person.press(UNDO)
        self.await_number(row, 0.5)

    def test_keys(self):
        row = self.bench.row("Noise")
        button = self.play()
        wait(lambda: button.has_state(FOCUSED), "the button has the focus")
        self.person.press("space")
        self.rests(button)
        self.stands(row)
        self.person.press("Return")
        self.plays(button)
        self.person.press("Escape")
        self.rests(button)
        self.stands(row)
        self.person.press("p")
        self.plays(button)
        self.person.press("p")
        self.rests(button)
        # In an entry it is a letter.
        self.person.write(row.entry, "p")
        self.rests(button)
        self.person.press("Escape")

    def test_hand_takes_over(self):
        row = self.bench.row("Noise")
        button = self.play()
        before = number(row.entry)
        wait(lambda: number(row.entry) > before, "the slider moves")
        self.move(row, 0.9)
        self.rests(button)
        self.assertAlmostEqual(number(row.entry), 2.7, delta=0.15)
        self.stands(row)

    def test_typing_takes_over(self):
        row = self.bench.row("Noise")
        self.person.click(row.entry)
        wait(lambda: row.entry.has_state(FOCUSED), "the entry has the focus")
        button = self.play()
        self.person.click(row.entry)
        self.person.press("ctrl+a", "1")
        self.rests(button)
        wait(lambda: row.entry.text.endswith("1"), "what is typed")
        self.person.press("ctrl+a")
        self.person.type("1.25")
        self.person.press("Return")
        self.await_number(row, 1.25)
        self.stands(row)

    def test_one_at_a_time(self):
        row = self.bench.row("Initialization")
        other = self.button("Play Initialization")
        button = self.play()
        self.person.click(other)
        self.plays(other, "Initialization")
        self.rests(button)
        wait(lambda: number(row.entry) > 0, "the other slider moves")
        self.stands(self.bench.row("Noise"))
        self.person.press("Escape")
        self.rests(other, "Initialization")

    def test_computed(self):
        """Whole numbers, each with its curve; the one it stops at is computed to the end."""
        row = self.bench.row("Depth")
        button = self.play("Depth")
        wait(lambda: number(row.entry) == 2, "depth 2", rarely=EVERY)
        self.person.press("Escape")
        self.rests(button, "Depth")
        self.bench.wait_for_title(f"L = {row.entry.text}")
        self.bench.wait_for_end()
        self.person.press(UNDO)
        self.await_number(row, 1)


class Pins(Case):
    small = SMALL

    def tearDown(self):
        if find_now(self.person.window, BUTTON, "Clear Pins") is None:
            self.person.click(find(self.person.window, BUTTON, "Pinned curves"))
            find(self.person.window, LABEL, re.compile("^Nothing is pinned|^Clear Pins"))
        clear = find_now(self.person.window, BUTTON, "Clear Pins")
        if clear is not None:
            self.person.click(clear)
        self.person.press("Escape")

    def labels(self):
        """Opens the list of pins and reads it."""
        self.person.move_away()
        # The button may miss a click, as that of the chooser.
        for attempt in range(3):
            self.person.click(find(self.person.window, BUTTON, "Pinned curves"))
            try:
                found = find(self.person.window, BUTTON, "Clear Pins", 10).parent
                break
            except AssertionError:
                if attempt == 2:
                    raise
        return [label.name for label in find_all(found, LABEL)
                if label.name != "Clear Pins"]

    def test_pin_and_remove(self):
        row = self.row("Depth")
        self.person.click(self.button("Pin"))
        self.said("Pinned: it is drawn as soon as something differs")
        self.set(row, "2")
        self.bench.wait_for_title("L = 2")
        self.bench.wait_for_end()
        self.person.press("ctrl+d")
        self.set(self.row("Noise"), "1")
        self.bench.wait_for_title("σ = 1,")
        self.person.picture("pins")
        self.assertEqual(self.labels(), ["L = 1, σ = 0.5", "σ = 0.5"])
        self.person.click(self.button("Remove the pin “L = 1, σ = 0.5”"))
        gone(self.person.window, BUTTON, "Remove the pin “L = 1, σ = 0.5”")
        self.person.press("Escape")
        gone(self.person.window, BUTTON, "Clear Pins")

        # Files are of what is seen, and made again from the present.
        path = self.export("pins", "CSV")
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
        self.assertIn("pin-2", {row["series"] for row in rows})
        self.assertNotIn("pin-1", {row["series"] for row in rows})
        self.assertEqual(self.parameters_of(path)["noise"], 1)

        self.labels()
        self.person.click(self.button("Clear Pins"))
        find(self.person.window, LABEL, re.compile("^Nothing is pinned"))
        self.person.press("Escape")
        self.said("Pins cleared")
        self.person.click(find_last(self.person.window, BUTTON, re.compile("Undo$")))
        self.assertEqual(self.labels(), ["σ = 0.5"])

    def test_twice(self):
        self.person.press("ctrl+d")
        self.person.press("ctrl+d")
        self.said("These curves are pinned already")

    def test_other_exhibit(self):
        self.person.press("ctrl+d")
        self.show("Generalization curves")
        self.bench.wait_for_title("Infinite-width NTK")
        self.person.press("Escape")  # it takes long
        self.assertEqual(self.labels(), ["Double descent"])
        self.person.press("Escape")
        gone(self.person.window, BUTTON, "Clear Pins")
        self.person.press(UNDO)
        self.bench.wait_for_title("Linearised network")
        self.bench.wait_for_end()
        self.assertEqual(self.labels(), ["Nothing differs"])


if __name__ == "__main__":
    unittest.main()
