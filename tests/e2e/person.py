"""A person at the window: looks through the accessibility bus, acts with pointer and keys.

Everything is polled, soon at first and then more rarely. There is no window manager, so Person gives the focus to windows that ask for it.
"""

import itertools
import os
import re
import subprocess
import tempfile
import time
from pathlib import Path

from gi.repository import GLib

from accessible import (APPLICATION, BUTTON, DROP_DOWN, FOCUSED, FRAME, IMAGE, MENU, MENU_ITEM, PATIENCE,
                        SCROLLER, SHOWING, names_of, programs, sighted, walk)

EVERY, RARELY = 0.03, 0.15


RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def read_number(text):
    """A number as people write it, "−0.5" or "2.3 × 10⁻⁶"."""
    front, times, power = text.replace("−", "-").replace("\u00a0", "").replace("∞", "inf").partition("×10")
    if not times and front.startswith("10") and front[2:3] in "⁰¹²³⁴⁵⁶⁷⁸⁹⁻" and len(front) > 2:
        front, power = "1", front[2:]
    return float(front) * 10.0 ** int(power.translate(RAISED) or 0)


def wait(condition, what, timeout=None):
    """The first true answer of `condition`. What vanishes while it is looked at is not there. Between
    two looks the program is left in peace for as long as a look takes."""
    end = time.monotonic() + (timeout or PATIENCE)
    for looks in itertools.count(1):
        start = time.monotonic()
        try:
            answer = condition()
            if answer:
                return answer
        except GLib.Error:
            pass
        now = time.monotonic()
        if now > end:
            raise AssertionError(f"waited in vain: {what}")
        time.sleep(max(min(EVERY * looks, RARELY), now - start))


def holds(condition, what, seconds):
    """`condition` is true all the while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not condition():
            raise AssertionError(f"did not stay so: {what}")
        time.sleep(EVERY)


def matches(name, wanted):
    if isinstance(wanted, re.Pattern):
        return bool(wanted.search(name))
    return name == wanted


def again(look):
    """What `look` gives, which may see something vanish twice."""
    for _ in range(2):
        try:
            return look()
        except GLib.Error:
            continue
    return look()


def named(widgets):
    """(widget, name) of each."""
    return list(zip(widgets, names_of(widgets)))


def names_in(under):
    """(widget, name) of the widget and all in it, in order."""
    return again(lambda: named(walk(under)))


def find_all(under, role=None, name=None):
    def look():
        widgets = [widget for widget in walk(under) if role is None or widget.role == role]
        if name is None:
            return widgets
        return [widget for widget, its_name in named(widgets) if matches(its_name, name)]
    return again(look)


def sight(under, role=None, name=None):
    """Those of `find_all` that a look sees for a sixth of the price, which may miss what is new."""
    wanted = None if name is None else lambda its_name: matches(its_name, name)
    return [widget for widget, _ in again(lambda: sighted(under, role, wanted))]


def find_now(under, role=None, name=None):
    """The first, or None."""
    return next(iter(sight(under, role, name) or find_all(under, role, name)), None)


def await_all(under, role, name, timeout=None):
    """All there are once there are any; most looks are cheap."""
    looks = itertools.count(1)
    wanted = name.pattern if isinstance(name, re.Pattern) else name
    return wait(lambda: sight(under, role, name) or next(looks) % 4 == 0 and find_all(under, role, name),
                f"{role} “{wanted}”", timeout)


def find(under, role=None, name=None, timeout=None):
    return await_all(under, role, name, timeout)[0]


def find_last(under, role, name):
    """The last: what lies over all else, as messages do that soon go by themselves."""
    return await_all(under, role, name)[-1]


def find_item(under, label):
    """The last menu item with a label, its mnemonic marked as in "Zoom _In", or None. Newer toolkits
    tell the keys of a menu item instead of its name."""
    key = "Alt+" + label[label.index("_") + 1].lower()
    items = [item for item, name in again(lambda: sighted(under, MENU_ITEM))
             if name == label.replace("_", "")
             or not name and key in item.attributes.get("keyshortcuts", "").split()]
    return items[-1] if items else None


def gone(under, role=None, name=None, timeout=None):
    wanted = name.pattern if isinstance(name, re.Pattern) else name
    wait(lambda: find_now(under, role, name) is None, f"{role} “{wanted}” goes", timeout)


def is_window(widget):
    return widget.parent.role == APPLICATION


def free(widget, known={}):
    """What a widget leaves free around its children along x and y, as much on both sides. That is a
    matter of style, and asked for once."""
    if widget not in known:
        outer = widget.extents
        children = [child.extents for child in widget.children]
        # What is not shown has no size, or any; and what scrolls is larger.
        inside = [[(child[axis] - outer[axis], child[axis + 2]) for child in children
                   if 0 < child[axis + 2] <= outer[axis + 2]] for axis in (0, 1)]
        sides = [max(0, outer[axis + 2] - max(at + size for at, size in inside[axis])
                     - min(at for at, _ in inside[axis])) / 2 if inside[axis] else 0
                 for axis in (0, 1)]
        if not all(inside):
            return sides
        known[widget] = sides
    return known[widget]


def box(widget):
    """x, y, width, height in the window's own coordinates."""
    x, y, width, height = widget.extents
    if widget.toolkit_version < (4, 10):
        return x, y, width, height
    # Since then a window's frame counts, and paddings and borders of what a widget is in do not.
    if is_window(widget):
        return 0, 0, width + 2 * x, height + 2 * y
    while not is_window(widget):
        widget = widget.parent
        aside, above = free(widget)
        x, y = x + aside, y + above
    return x, y, width, height


def begins_with_button(widget):
    children = widget.children
    return len(children) > 1 and children[0].role == BUTTON


def is_popover(widget, size):
    """Older toolkits give it the name of its class; of newer ones it has the size of its window."""
    return (widget.name in ("GtkPopover", "GtkPopoverMenu")
            or (widget.name == "" and not is_window(widget) and widget.extents[2:] == size)
            or widget.role == MENU)


def xdotool(*arguments):
    done = subprocess.run(["xdotool", *map(str, arguments)], capture_output=True, text=True,
                          timeout=60)
    return done.stdout


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
            if self.process.poll() is not None:
                raise AssertionError(f"the program ended with {self.process.returncode}:\n{self.log()}")
            found = xdotool("search", "--onlyvisible", "--pid", self.process.pid, "--name", ".").split()
            if found or self.id is None:
                break
        return found

    def find_id(self, window):
        """The X window of a window, by its title. Those of one title are in the order in which
        they opened, on both lists."""
        if self.id is not None and window == self.window:
            return self.id

        def look():
            name = window.name
            alike = [w for w in self.windows() if w.name == name]
            ids = self.ids()
            named = [i for i in ids if xdotool("getwindowname", i).strip() == name]
            if len(named) == len(alike):
                return named[alike.index(window)]
            # The toolkit's own windows have no name on the bus but that of their class.
            return ids[-1] if not named and len(ids) > 1 else None
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

    def popover(self, under):
        """The first popover in a widget, or None."""
        size = self.popover_size()
        return size and next((w for w in find_all(under) if is_popover(w, size)), None)

    def popover_size(self):
        """The size of the popover that is open, or None. It is a window of its own, that last opened
        and nameless on the bus."""
        last = self.ids()[-1]
        if xdotool("getwindowname", last).strip() in [w.name for w in self.windows()]:
            return None
        return self.geometry(last)[2:]

    def top(self, widget):
        """The window of a widget, and the popover that it is in, or None."""
        chain = [widget]
        while not is_window(chain[-1]):
            chain.append(chain[-1].parent)
        # Popovers belong to drop-downs, figures, and what is around a button. Nothing else is asked.
        if not any(w.role in (BUTTON, DROP_DOWN, IMAGE) or begins_with_button(w)
                   for w in chain[1:]):
            return chain[-1], None
        size = self.popover_size()
        return chain[-1], next((w for w in chain if size and is_popover(w, size)), None)

    def place(self, widget, x=0.5, y=0.5):
        """Where a part of a widget is on the screen."""
        window, popover = self.top(widget)
        identifier = self.ids()[-1] if popover else self.find_id(window)
        left, top, width, height = self.geometry(identifier)
        frame = box(popover or window)
        inside = box(widget)
        if popover:
            # A window of its own, and not where the bus says that it is.
            return (round(left + inside[0] - frame[0] + x * inside[2]),
                    round(top + inside[1] - frame[1] + y * inside[3]))
        return (round(left + (width - frame[2]) / 2 + inside[0] + x * inside[2]),
                round(top + (height - frame[3]) / 2 + inside[1] + y * inside[3]))

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
        self.click(wait(look, what))
        for last in (False, False, True):
            try:
                wait(lambda: not look(), f"the popover goes, {what} chosen", None if last else 5)
                return
            except AssertionError:
                if last:
                    raise
            item = again(look)
            if item:
                self.click(item)

    def turn_wheel(self, widget, x=0.5, y=0.5, notches=1):
        """Away from oneself; towards oneself where negative."""
        self.click(widget, x, y, times=abs(notches), button=4 if notches > 0 else 5)

    def sweep(self, widget, start, end, watch=None, hold=None, steps=8):
        """Presses at `start`, pairs of parts of the width and height, and releases at `end`."""
        (x0, y0), (x1, y1) = self.place(widget, *start), self.place(widget, *end)
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
        x0, y = self.place(widget, start, y)
        x1, _ = self.place(widget, end)
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
        attempts = 1 if words.isascii() else 3
        for attempt in range(attempts):
            self.press("ctrl+a")
            if words == "":
                self.press("BackSpace")
            self.type(words)
            try:
                wait(lambda: entry.text == words, f"“{words}” in the entry",
                     PATIENCE / attempts)
                return
            except AssertionError:
                if attempt == attempts - 1:
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
