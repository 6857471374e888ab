"""What a monkey does with a window: gestures, each a run of events.

Events are words and numbers, as tools/monkey records them: move X Y, down BUTTON, up BUTTON,
press KEY, release KEY, size WIDTH HEIGHT, pause MILLISECONDS, focus, close, sync. A sync waits
until the program has taken in all before it.
"""

# Where things are, in parts of the window. The panel is as wide at any width, in pixels.
PANEL = 350
FIGURE = (0.02, 0.98, 0.08, 0.97)

KEYS = ("Tab Left Right Up Down Home End Page_Up Page_Down space Return Escape KP_Add KP_Subtract 0 "
        "BackSpace Delete F1 F7 F9 F10 Menu p 1 5 period").split()
CHORDS = ("Control_L z", "Control_L y", "Control_L d", "Control_L e", "Control_L c", "Control_L a",
          "Shift_L Tab", "Shift_L F10", "Shift_L Left", "Control_L Home", "Alt_L Left")

# A file chooser would let a monkey loose among the files.
CHOOSERS = ("Open", "Save", "Select")


class Gestures:
    def __init__(self, rng, display, small):
        self.rng, self.display, self.small = rng, display, small
        self.table = [(self.hover, 24), (self.slide_and_hover, 36), (self.drag_figure, 10),
                      (self.wheel, 8), (self.keys, 8), (self.click_somewhere, 5), (self.menu, 4),
                      (self.double_click, 3), (self.resize, 3), (self.write, 2)]

    def arguments(self):
        return self.rng.choice([[self.small], [self.small], [], ["learning-curve"]])

    def next(self, main):
        """Of one gesture, and what it leaves open is looked at and closed."""
        self.box = self.display.geometry(main)
        for event in self.pick()():
            yield event
            if event[0] in ("up", "release"):
                yield ("sync",)
            if event[0] == "sync" and self.has_chooser():
                yield ("close",)
                yield ("sync",)
        yield ("sync",)
        if self.display.popups:
            yield from self.visit_popup(self.display.popups[-1])
        for _ in range(4):
            if len(self.display.windows) < 2:
                break
            yield from self.visit_dialog(self.display.windows[-1])

    def pick(self):
        functions, weights = zip(*self.table)
        return self.rng.choices(functions, weights)[0]

    def has_chooser(self):
        """Those of export dialogs stand above another dialog."""
        display = self.display
        if len(display.windows) < 2:
            return False
        top = display.windows[-1]
        owner = display.owner(top)
        return display.title(top).startswith(CHOOSERS) or (owner != 0 and display.owner(owner) != 0)

    # Places

    def in_figure(self):
        x, y, width, height = self.box
        left = min(PANEL, width // 3)
        return (x + left + int((width - left) * self.rng.uniform(*FIGURE[:2])),
                y + int(height * self.rng.uniform(*FIGURE[2:])))

    def in_panel(self):
        x, y, width, height = self.box
        return x + self.rng.randint(20, PANEL - 20), y + self.rng.randint(60, max(61, height - 20))

    def within(self, box):
        x, y, width, height = box
        return x + self.rng.randint(0, max(1, width - 1)), y + self.rng.randint(0, max(1, height - 1))

    # Runs of events

    def path(self, start, end, steps):
        """Moves with a trembling hand, often so slowly that each is drawn."""
        slow = self.rng.random() < 0.7
        for i in range(1, steps + 1):
            yield ("move", *(round(a + (b - a) * i / steps + self.rng.gauss(0, 2))
                             for a, b in zip(start, end)))
            if slow:
                yield ("pause", self.rng.randint(1, 18))
            if slow or i % 8 == 0:
                yield ("sync",)

    def hover(self):
        at = self.in_figure()
        for _ in range(self.rng.randint(2, 6)):
            to = self.in_figure()
            yield from self.path(at, to, self.rng.randint(4, 16))
            at = to

    def drag(self, start, end, button=1, keys=()):
        yield ("move", *start)
        for key in keys:
            yield ("press", key)
        yield ("down", button)
        yield from self.path(start, end, self.rng.randint(2, 16))
        if self.rng.random() < 0.1:
            yield ("press", "Escape")
            yield ("release", "Escape")
        yield ("up", button)
        for key in keys:
            yield ("release", key)

    def slide_and_hover(self):
        start = self.in_panel()
        yield from self.drag(start, (self.in_panel()[0], start[1]))
        yield from self.hover()

    def drag_figure(self):
        keys = self.rng.choice([(), (), ("Shift_L",), ("Control_L",)])
        yield from self.drag(self.in_figure(), self.in_figure(), self.rng.choice([1, 1, 1, 2, 3]), keys)
        yield from self.hover()

    def wheel(self):
        keys = self.rng.choice([(), (), ("Shift_L",), ("Control_L",)])
        yield ("move", *self.rng.choice([self.in_figure, self.in_figure, self.in_panel])())
        for key in keys:
            yield ("press", key)
        for _ in range(self.rng.randint(1, 8)):
            button = self.rng.choice([4, 4, 5, 5, 6, 7])
            yield ("down", button)
            yield ("up", button)
        for key in keys:
            yield ("release", key)
        yield from self.hover()

    def stroke(self, keys):
        for key in keys:
            yield ("press", key)
        for key in reversed(keys):
            yield ("release", key)

    def keys(self):
        yield ("focus",)
        for _ in range(self.rng.randint(1, 12)):
            chord = self.rng.random() < 0.3
            yield from self.stroke(self.rng.choice(CHORDS).split() if chord
                                   else [self.rng.choice(KEYS)])

    def click(self, place, button=1, times=1):
        yield ("move", *place)
        for _ in range(times):
            yield ("down", button)
            yield ("up", button)

    def click_somewhere(self):
        yield from self.click(self.within(self.box), self.rng.choice([1, 1, 1, 2, 3]))

    def double_click(self):
        yield from self.click(self.in_figure(), times=2)
        yield from self.hover()

    def menu(self):
        yield from self.click(self.in_figure(), button=3)

    def resize(self):
        yield ("size", self.rng.randint(360, 1590), self.rng.randint(300, 990))
        yield ("pause", self.rng.randint(1, 100))
        yield from self.hover()

    def write(self):
        """A number into whatever takes it."""
        yield ("focus",)
        yield from self.click(self.in_panel(), times=self.rng.randint(1, 3))
        for _ in range(self.rng.randint(1, 5)):
            yield from self.stroke([self.rng.choice("0 1 2 5 9 period minus e x".split())])
        yield from self.stroke(["Return"])

    # What stands open

    def visit_popup(self, window):
        for _ in range(self.rng.randint(0, 3)):
            if window not in self.display.popups:
                return
            place = self.within(self.display.geometry(window))
            yield ("move", *place)
            yield ("sync",)
            if self.rng.random() < 0.6:
                yield from self.click(place)
                yield ("sync",)
        if window in self.display.popups:
            yield from self.stroke(["Escape"])
            yield ("sync",)

    def visit_dialog(self, window):
        yield ("focus",)
        for _ in range(self.rng.randint(0, 6)):
            if self.has_chooser() or window not in self.display.windows:
                break
            if self.rng.random() < 0.3:
                yield from self.stroke([self.rng.choice(KEYS)])
            else:
                yield from self.click(self.within(self.display.geometry(window)))
            yield ("sync",)
        yield ("close",)
        yield ("pause", 50)
        yield ("sync",)
