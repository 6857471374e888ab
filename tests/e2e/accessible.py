"""What programs say of themselves on the accessibility bus (AT-SPI), asked over plain D-Bus.

Names and values are read afresh each time, for no event says when they are out of date; only the
role of a widget never changes. What is wanted of many widgets is asked of all of them before the first
answer is awaited: a whole window is read in about a tenth of a second, several times faster than
libraries that await each answer.
"""

import os

from gi.repository import Gio, GLib

PATIENCE = float(os.environ.get("E2E_PATIENCE", 60))

SWITCH, DROP_DOWN, FRAME, IMAGE, LABEL, ROW = "switch", "drop-down", "frame", "image", "label", "row"
MENU, MENU_ITEM, PROGRESS, BUTTON = "menu", "menu item", "progress bar", "button"
SCROLLER, SLIDER, ENTRY, APPLICATION = "scroller", "slider", "entry", "application"

# Roles and states by their numbers (atspi-constants.h), which all versions of the toolkit share, where
# its names for them are not the same. Toggle buttons are buttons.
ROLES = {7: SWITCH, 11: DROP_DOWN, 23: FRAME, 27: IMAGE, 29: LABEL, 32: ROW, 33: MENU, 35: MENU_ITEM,
         42: PROGRESS, 43: BUTTON, 49: SCROLLER, 51: SLIDER, 61: ENTRY, 62: BUTTON, 75: APPLICATION}
FOCUSED, PRESSED, SENSITIVE, SHOWING = 12, 20, 24, 25

ACCESSIBLE, PROPERTIES = "org.a11y.atspi.Accessible", "org.freedesktop.DBus.Properties"
ROOT = "/org/a11y/atspi/accessible/root"
WINDOW_COORDINATES = 1


def connect():
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    address, = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress",
                                 None, None, Gio.DBusCallFlags.NONE, -1).unpack()
    flags = Gio.DBusConnectionFlags
    return Gio.DBusConnection.new_for_address_sync(
        address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION)


class Bus:
    """The connection, made when it is first used, and the roles that it has told."""

    connection = None
    roles = {}

    @classmethod
    def call(cls, *call):
        """The values that one method gives."""
        return cls.call_all([call])[0]

    @classmethod
    def call_all(cls, calls):
        """For each the values. Where one gives an error, as what vanishes while it is asked for, that is
        raised when all have answered."""
        if cls.connection is None:
            cls.connection = connect()
        answers, errors, missing = [None] * len(calls), [], len(calls)

        def answered(connection, result, i):
            nonlocal missing
            missing -= 1
            try:
                answers[i] = connection.call_finish(result).unpack()
            except GLib.Error as error:
                errors.append(error)
        # A program that is busy drawing may be slow to answer.
        for i, (name, path, interface, method, arguments) in enumerate(calls):
            cls.connection.call(name, path, interface, method, arguments, None,
                                Gio.DBusCallFlags.NONE, round(1000 * PATIENCE), None, answered, i)
        while missing > 0:
            GLib.MainContext.default().iteration(True)
        if errors:
            raise errors[0]
        return answers


class Widget:
    """A widget, a window or a program: something with a name, a role, a parent and children."""

    def __init__(self, owner, path):
        self.owner, self.path = owner, path

    def __eq__(self, other):
        return isinstance(other, Widget) and (self.owner, self.path) == (other.owner, other.path)

    def __hash__(self):
        return hash((self.owner, self.path))

    def asks(self, interface, method, arguments=None):
        """A call for Bus."""
        return self.owner, self.path, interface, method, arguments

    def asks_for(self, name, interface=ACCESSIBLE):
        """A property."""
        return self.asks(PROPERTIES, "Get", GLib.Variant("(ss)", (interface, name)))

    def call(self, *arguments):
        return Bus.call(*self.asks(*arguments))

    def get(self, *arguments):
        return Bus.call(*self.asks_for(*arguments))[0]

    @property
    def name(self):
        return self.get("Name")

    @property
    def description(self):
        return self.get("Description")

    @property
    def role(self):
        if self not in Bus.roles:
            tell_roles([self])
        return Bus.roles[self]

    @property
    def parent(self):
        return Widget(*self.get("Parent"))

    @property
    def children(self):
        return [Widget(*child) for child in self.call(ACCESSIBLE, "GetChildren")[0]]

    @property
    def attributes(self):
        return self.call(ACCESSIBLE, "GetAttributes")[0]

    @property
    def text(self):
        """What is written in an entry or a label."""
        length = self.get("CharacterCount", "org.a11y.atspi.Text")
        return self.call("org.a11y.atspi.Text", "GetText", GLib.Variant("(ii)", (0, length)))[0]

    @property
    def value(self):
        return self.get("CurrentValue", "org.a11y.atspi.Value")

    @property
    def ends(self):
        return tuple(self.get(name, "org.a11y.atspi.Value") for name in ("MinimumValue", "MaximumValue"))

    @property
    def extents(self):
        """x, y, width and height, as the toolkit tells them for its windows."""
        return self.call("org.a11y.atspi.Component", "GetExtents",
                         GLib.Variant("(u)", (WINDOW_COORDINATES,)))[0]

    @property
    def toolkit_version(self):
        """As numbers, the greatest first."""
        version = Widget(self.owner, ROOT).get("Version", "org.a11y.atspi.Application")
        return tuple(map(int, version.split(".")))

    def has_state(self, state):
        words = self.call(ACCESSIBLE, "GetState")[0]
        return bool(words[state // 32] >> state % 32 & 1)


def tell_roles(widgets):
    """Asks for the roles that are not known."""
    new = [widget for widget in widgets if widget not in Bus.roles]
    for widget, (role,) in zip(new, Bus.call_all([w.asks(ACCESSIBLE, "GetRole") for w in new])):
        Bus.roles[widget] = ROLES.get(role, "")


def names_of(widgets):
    return [name for name, in Bus.call_all([widget.asks_for("Name") for widget in widgets])]


def walk(root):
    """The widget and all in it, in order. A hidden widget is not in the tree. Raises GLib.Error where
    something vanishes while it is looked at."""
    children, level = {}, [root]
    while level:
        answers = Bus.call_all([widget.asks(ACCESSIBLE, "GetChildren") for widget in level])
        for widget, (found,) in zip(level, answers):
            children[widget] = [Widget(*child) for child in found]
        level = [child for widget in level for child in children[widget]]
    tell_roles(children)

    def in_order(widget):
        yield widget
        for child in children[widget]:
            yield from in_order(child)
    return list(in_order(root))


def programs():
    """(process id, program) of all that are on the bus."""
    found = []
    for child in Widget("org.a11y.atspi.Registry", ROOT).children:
        process, = Bus.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                            "GetConnectionUnixProcessID", GLib.Variant("(s)", (child.owner,)))
        found.append((process, child))
    return found
