"""A person at the window: looks through the accessibility bus, acts with pointer and keys.

There is no window manager, so Person gives the focus to windows that ask for it.
"""

import os
import re
import subprocess
import tempfile
import time
from pathlib import Path

from accessible import FOCUSED, FRAME, PATIENCE, SCROLLER, SHOWING, names_of, programs, way_up
from hand import xdotool
from look import EVERY, again, box, find_all, may_have_popover, popover_among, still, wait


class Person:
    def __init__(self, program, *arguments, size=None, environment=None, pictures=None):
        variables = dict(os.environ, G_MESSAGES_DEBUG="app")
        variables.update(environment or {})
        self.pictures = pictures
        self.id = None
        self.errors = tempfile.TemporaryFile()
        self.started = time.monotonic()
        self.process = subprocess.Popen([program, *map(str, arguments)], env=variables,
                                        stdin=subprocess.DEVNULL, stdout=self.errors,
                                        stderr=self.errors)
        try:
            wait(self.ids, "a window on the screen")
            self.application = wait(self.find_application, "the program on the accessibility bus")
            self.window = wait(lambda: self.windows()[:1], "a window")[0]
            self.id = self.find_id(self.window)
            if size is not None:
                self.resize(*size)
        except BaseException:
            self.kill()
            raise

    # What is on the screen

    def find_application(self):
        return dict(programs()).get(self.process.pid)

    def windows(self):
        """The main window first, then as they opened. Dialogs of the older kind have no role, and
        no state that says that they are shown."""
        return [child for child in self.application.children
                if child.role != FRAME or child.has_state(SHOWING)]

    def await_windows(self, count):
        """Others have come or gone, and the last has the focus. The bus is not asked before the
        screen shows them: to speak of a window half made or half gone upsets the toolkit."""
        wait(lambda: len(self.ids()) == count, f"{count} windows")
        last = wait(lambda: len(self.windows()) == count and self.windows()[-1], f"{count} windows")
        self.focus(last)
        return last

    def ids(self):
        """The X windows. The search gives up where one goes while it looks: the main one is always there."""
        for _ in range(3):
            self.check_that_it_runs()
            found = xdotool("search", "--onlyvisible", "--pid", self.process.pid, "--name", ".").split()
            if found or self.id is None:
                break
        return found

    def check_that_it_runs(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the program ended with {self.process.returncode}:\n{self.log()}")

    def find_id(self, window):
        """The X window of a window, by its title. Those of one title are in the order in which
        they opened, on both lists."""
        if self.id is not None and window == self.window:
            return self.id

        def look():
            name = window.name
            alike = [w for w in self.windows() if w.name == name]
            screen = self.screen()
            titled = [identifier for identifier, title, _ in screen if title == name]
            if len(titled) == len(alike):
                return titled[alike.index(window)]
            # The toolkit's own windows have no name on the bus but that of their class.
            return screen[-1][0] if not titled and len(screen) > 1 else None
        return wait(look, "the window on the screen")

    def geometry(self, identifier=None):
        lines = dict(line.split("=") for line in
                     xdotool("getwindowgeometry", "--shell", identifier or self.id).split())
        return tuple(int(lines[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))

    def resize(self, width, height):
        xdotool("windowsize", self.id, width, height)
        wait(lambda: self.geometry()[2:] == (width, height), f"a window of {width}x{height}")
        # The frame is narrower by the window's border.
        wait(lambda: 0 <= width - box(self.window)[2] < 60, "the contents fit the window")

    def screen(self):
        """(identifier, title, (x, y, width, height)) of each X window, in their order, by one process. A
        window that goes while it looks ends it."""
        for _ in range(5):
            self.check_that_it_runs()
            said = xdotool("search", "--onlyvisible", "--pid", self.process.pid, "--name", ".",
                           "getwindowname", "%@", "getwindowgeometry", "--shell", "%@").splitlines()
            # After all titles six lines of each: itself, x, y, width, height, the screen.
            count = len(said) // 7
            if count > 0 and len(said) == 7 * count and said[-1].startswith("SCREEN="):
                values = [int(line.partition("=")[2]) for line in said[count:]]
                return [(str(values[6 * i]), said[i].strip(), tuple(values[6 * i + 1:6 * i + 5]))
                        for i in range(count)]
        raise AssertionError(f"windows that cannot be read: {said}\n{self.log()[-2000:]}")

    def popover(self, under):
        """The first popover in a widget, or None."""
        size = self.popover_size(self.screen())
        return size and popover_among(find_all(under), size)

    def popover_size(self, screen):
        """The size of the popover that is open, or None. It is a window of its own, that last opened
        and nameless on the bus."""
        _, title, geometry = screen[-1]
        if len(screen) == 1 or title in names_of(self.windows()):
            return None
        return geometry[2:]

    def top(self, widget, screen):
        """The window of a widget, and the popover that it is in, or None."""
        *way, window = way_up(widget)
        size = self.popover_size(screen)
        return window, popover_among(way, size) if size and way and may_have_popover([*way, window][1:]) else None

    def places(self, widget, *points):
        """Where parts of a widget are on the screen."""
        screen = self.screen()
        window, popover = self.top(widget, screen)
        identifier = screen[-1][0] if popover else self.find_id(window)
        left, top, width, height = next((geometry for its_identifier, _, geometry in screen
                                         if its_identifier == identifier), None) or self.geometry(identifier)
        frame = box(popover or window)
        inside = box(widget)
        if popover:
            # A window of its own, and not where the bus says that it is.
            left, top = left - frame[0], top - frame[1]
        else:
            left, top = left + (width - frame[2]) / 2, top + (height - frame[3]) / 2
        return [(round(left + inside[0] + x * inside[2]), round(top + inside[1] + y * inside[3]))
                for x, y in points]

    def place(self, widget, x=0.5, y=0.5):
        return self.places(widget, (x, y))[0]

    # What a person does

    def click(self, widget, x=0.5, y=0.5, times=1, button=1, hold=None):
        """With the key `hold` down, if any."""
        xdotool("mousemove", *self.place(widget, x, y), "sleep", 0.05,
                *(["keydown", hold] if hold else []),
                "click", "--repeat", times, "--delay", 60, button,
                *(["sleep", 0.05, "keyup", hold] if hold else []))

    def choose(self, look, what):
        """Clicks what `look` finds in a popover, which then closes: one that is just opening may miss a
        click. Closed, it gives back the pointer."""
        item = wait(look, what)
        self.click(item)
        for last in (False, False, True):
            try:
                wait(lambda: not still(item), f"the popover goes, {what} chosen", None if last else 5)
                return
            except AssertionError:
                if last:
                    raise
            item = again(look) or item
            if still(item):
                self.click(item)

    def turn_wheel(self, widget, x=0.5, y=0.5, notches=1):
        """Away from oneself; towards oneself where negative."""
        self.click(widget, x, y, times=abs(notches), button=4 if notches > 0 else 5)

    def sweep(self, widget, start, end, watch=None, hold=None, steps=8):
        """Presses at `start`, pairs of parts of the width and height, and releases at `end`."""
        (x0, y0), (x1, y1) = self.places(widget, start, end)
        xdotool("mousemove", x0, y0, "sleep", 0.05, *(["keydown", hold] if hold else []),
                "mousedown", 1)
        try:
            for i in range(1, steps + 1):
                xdotool("mousemove", round(x0 + (x1 - x0) * i / steps),
                        round(y0 + (y1 - y0) * i / steps))
            if watch is not None:
                watch()
        finally:
            xdotool("mouseup", 1, *(["keyup", hold] if hold else []))

    def move_away(self):
        """The pointer to the middle of the main window."""
        left, top, width, height = self.geometry()
        xdotool("mousemove", left + width // 2, top + height // 2, "sleep", 0.05)

    def drag(self, widget, start, end, watch=None, steps=12, y=0.5):
        """Takes what is at `start` of the width, as the thumb of a slider, and lets it go at `end`,
        both from 0 to 1; `watch` is called while the button is down. The hand sets off at once: a slider
        that is held for half a second before it moves goes slowly, for fine steps."""
        (x0, y), (x1, _) = self.places(widget, (start, y), (end, y))
        moves = [("mousemove", round(x0 + (x1 - x0) * i / steps), y) for i in range(1, steps + 1)]
        xdotool("mousemove", x0, y, "sleep", 0.05, "mousedown", 1, *sum(moves[:steps // 4], ()))
        try:
            for move in moves[steps // 4:]:
                if watch is not None:
                    watch()
                xdotool(*move)
            if watch is not None:
                watch()
        finally:
            xdotool("mouseup", 1)

    def press(self, *keys):
        xdotool("key", "--delay", 15, *keys)

    def type(self, words):
        xdotool("type", "--delay", 5, "--", words)

    def scroll_to(self, widget):
        """Turns the wheel until a widget is in sight."""
        scroller = widget
        while scroller.role != SCROLLER:
            scroller = scroller.parent
        _, top, _, height = box(scroller)
        self.move_away()
        # Near its edge, over the labels.
        edge = self.place(scroller, 0.1, 0.5)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            _, y, _, h = box(widget)
            above, below = top + 4 - y, y + h - (top + height - 4)
            if above <= 0 and below <= 0:
                return
            # A notch is no more than some 150 pixels.
            xdotool("mousemove", *edge, "click", "--repeat", 1 + int(max(above, below) / 150),
                    "--delay", 10, 4 if above > 0 else 5)
            soon = time.monotonic() + 0.5
            while box(widget)[1] == y and time.monotonic() < soon:
                time.sleep(EVERY)
        raise AssertionError(f"“{widget.name}” does not come in sight")

    def write(self, entry, words):
        """Clicks into an entry, selects what is there and types."""
        # A window that is still finding its place may miss the click.
        for _ in range(3):
            self.click(entry)
            try:
                wait(lambda: entry.has_state(FOCUSED), "the entry has the focus", 3)
                break
            except AssertionError:
                continue
        # A letter that no key has gets one for a moment, which a busy program may learn of too late.
        self.replace(entry, words, 1 if words.isascii() else 3)

    def replace(self, entry, words, attempts):
        """Selects what is in the entry that has the focus, and types."""
        for attempt in range(attempts):
            self.press("ctrl+a")
            if words == "":
                self.press("BackSpace")
            self.type(words)
            try:
                last = attempt == attempts - 1
                wait(lambda: entry.text == words, f"“{words}” in the entry",
                     PATIENCE if last else PATIENCE / 10)
                return
            except AssertionError:
                if last:
                    raise

    def focus(self, window):
        xdotool("windowfocus", "--sync", self.find_id(window))

    # The program itself

    def log(self):
        return os.pread(self.errors.fileno(), 1 << 24, 0).decode("utf-8", "replace")

    def complaints(self):
        """What the program says against itself."""
        return [line for line in self.log().splitlines()
                if re.search(r"CRITICAL|WARNING \*\*|ERROR \*\*|Gtk-WARNING|Sanitizer", line)]

    def picture(self, name):
        if self.pictures is not None:
            Path(self.pictures).mkdir(parents=True, exist_ok=True)
            subprocess.run(["import", "-silent", "-window", "root",
                            str(Path(self.pictures) / f"e2e-{name}.png")], timeout=30)

    def ended(self, timeout=None):
        """The exit status."""
        try:
            return self.process.wait(timeout or PATIENCE)
        except subprocess.TimeoutExpired:
            raise AssertionError("the program does not end") from None

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.errors.close()
