"""A person at the window: looks through the accessibility bus, acts with pointer and keys.

Everything is polled, soon at first and then more rarely. There is no window manager, so Person gives the focus to windows that ask for it.
"""

import atexit
import itertools
import os
import pty
import re
import select
import subprocess
import tempfile
import time
from pathlib import Path

from gi.repository import GLib

from accessible import (BUTTON, DROP_DOWN, FOCUSED, FRAME, IMAGE, MENU, MENU_ITEM, PATIENCE, SCROLLER,
                        SHOWING, ask_for_children, extents_of, is_shown, names_of, programs, sighted,
                        tell_roles, walk, way_up)

EVERY, RARELY = 0.03, 0.15
FEW = 120


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
    """Those of `find_all` that a look sees for a sixth of the price. A walk through little costs less."""
    if under.size is not None and under.size < FEW:
        return find_all(under, role, name)
    wanted = None if name is None else lambda its_name: matches(its_name, name)
    return [widget for widget, _ in again(lambda: sighted(under, role, wanted))]


def look_for(under, role=None, name=None):
    """A look to repeat until there are any: all there are. Every fourth time it is a walk."""
    looks = itertools.count(1)
    return lambda: sight(under, role, name) or next(looks) % 4 == 0 and find_all(under, role, name)


def find_now(under, role=None, name=None):
    """The first, or None."""
    return next(iter(sight(under, role, name) or find_all(under, role, name)), None)


def await_all(under, role, name, timeout=None):
    wanted = name.pattern if isinstance(name, re.Pattern) else name
    return wait(look_for(under, role, name), f"{role} “{wanted}”", timeout)


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


def still(widget, name=None):
    """What was found is shown, under such a name."""
    try:
        return (name is None or matches(widget.name, name)) and is_shown(widget)
    except GLib.Error:
        return False


def find_again(known, under, role, name):
    """As find(). `known` is a dictionary that keeps what was found: to ask whether it is there still costs
    less than to look for it."""
    if (role, name) not in known or not still(known[role, name], name):
        known[role, name] = find(under, role, name)
    return known[role, name]


def gone(under, role=None, name=None, timeout=None):
    wanted = name.pattern if isinstance(name, re.Pattern) else name
    found = []

    def look():
        if found and still(found[-1], name):
            return False
        found[:] = filter(None, [find_now(under, role, name)])
        return not found
    wait(look, f"{role} “{wanted}” goes", timeout)


def is_window(widget):
    return len(way_up(widget)) == 1


def free(widget, known={}):
    """What a widget leaves free around its children along x and y, as much on both sides. That is a
    matter of style, and asked for once."""
    if widget not in known:
        outer, *children = extents_of([widget] + widget.children)
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
    for outer in way_up(widget)[1:]:
        aside, above = free(outer)
        x, y = x + aside, y + above
    return x, y, width, height


def may_have_popover(widgets):
    """Popovers belong to drop-downs, figures, and what is around a button. Nothing else is asked."""
    children = ask_for_children(widgets)
    tell_roles([found[0] for found in children if found])
    return any(widget.role in (BUTTON, DROP_DOWN, IMAGE) or len(found) > 1 and found[0].role == BUTTON
               for widget, found in zip(widgets, children))


def popover_among(widgets, size):
    """The first, or None. Older toolkits give it the name of its class; of newer ones it has the size of
    its window."""
    names = dict(named(widgets))
    nameless = [widget for widget in widgets if names[widget] == ""]
    sizes = dict(zip(nameless, (extents[2:] for extents in extents_of(nameless))))
    return next((widget for widget in widgets if names[widget] in ("GtkPopover", "GtkPopoverMenu")
                 or sizes.get(widget) == size or widget.role == MENU), None)


class Hand:
    """xdotool, which reads a line, does it and reads the next: to start it anew for each would cost more than
    all that it does. On a terminal it says at once what it has to say."""

    process = None
    DONE = re.compile(rb"^x:\d+ y:\d+ screen:\d+ window:\d+\r?\n", re.MULTILINE)

    @classmethod
    def start(cls):
        cls.terminal, theirs = pty.openpty()
        cls.process = subprocess.Popen(["xdotool", "-"], stdin=subprocess.PIPE, stdout=theirs,
                                       stderr=subprocess.DEVNULL)
        os.close(theirs)

    @classmethod
    def stop(cls):
        if cls.process is not None:
            cls.process.stdin.close()
            cls.process.kill()
            cls.process.wait()
            os.close(cls.terminal)
            cls.process = None

    @classmethod
    def do(cls, line):
        """What it says. An error of the X server ends it."""
        if cls.process is None:
            cls.start()
        said, end = b"", time.monotonic() + 60
        try:
            cls.process.stdin.write(f"{line}\ngetmouselocation\n".encode())
            cls.process.stdin.flush()
            while not (done := cls.DONE.search(said)):
                if not select.select([cls.terminal], [], [], max(0, end - time.monotonic()))[0]:
                    raise AssertionError(f"xdotool does not come to the end of “{line}”")
                said += os.read(cls.terminal, 1 << 16)
            said = said[:done.start()]
        except OSError:
            cls.stop()
        return said.decode("utf-8", "replace").replace("\r", "")


atexit.register(Hand.stop)


def xdotool(*arguments):
    """Where keys are pressed a process of its own does it: not all windows heed those of one that was there
    before them."""
    if {"key", "keydown", "keyup", "type"} & set(arguments):
        subprocess.run(["xdotool", *map(str, arguments)], stderr=subprocess.DEVNULL, timeout=60)
        return ""
    return Hand.do(" ".join(map(str, arguments)))


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
        return [(round(left + inside[0] + x * inside[2]), round(top + inside[1] + y * inside[3])) for x, y in points]

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
                wait(lambda: entry.text == words, f"“{words}” in the entry", PATIENCE if last else PATIENCE / 10)
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
