"""What programs say of themselves on the accessibility bus (AT-SPI), asked over plain D-Bus.

Names and values are read afresh each time, for no event says when they are out of date; only the
role of a widget never changes. What is wanted of many widgets is asked of all of them before the first
answer is awaited, several times faster than libraries that await each answer.

A widget becomes an object on the bus when its parent is asked for its children, and `walk` asks every
widget: it sees all there is. A program also tells all its objects in one answer, hidden ones among them,
with the number of children that each shows, and `sighted` asks for the children where that has changed
and on the way to what is sought. That costs a sixth. It is never wrong about what it finds, and misses
something only where it came at the very moment and to the very place at which something else went.
"""

import ast
import collections
import os
import re

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
CACHE = "/org/a11y/atspi/cache", "org.a11y.atspi.Cache"
WINDOW_COORDINATES = 1

# From so many on it costs less to be told of all objects.
MANY = 100

# An object as a program tells it: which it is, of which program, its parent, its place there, the number
# of its children that are shown, interfaces, name, role, description and states.
STRING = r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
ITEM = re.compile(r"\(\('[^']*', '([^']*)'\), \('[^']*', '[^']*'\), \('[^']*', '([^']*)'\), (-?\d+), (-?\d+), "
                  rf"\[[^]]*\], {STRING}, (\d+), {STRING}, \[\d+, \d+\]\)")
Item = collections.namedtuple("Item", "path parent place children name role")


def connect():
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    address, = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress",
                                 None, None, Gio.DBusCallFlags.NONE, -1).unpack()
    flags = Gio.DBusConnectionFlags
    return Gio.DBusConnection.new_for_address_sync(
        address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION)


class Bus:
    """The connection, made when it is first used, and what it has told: roles, children, versions, the ways up
    to windows, and how much there was in what was walked through."""

    connection = None
    roles, children, versions, ways, sizes = {}, {}, {}, {}, {}

    @classmethod
    def get_connection(cls):
        if cls.connection is None:
            cls.connection = connect()
        return cls.connection

    @classmethod
    def call(cls, *call):
        """The values that one method gives."""
        return cls.call_all([call])[0]

    @classmethod
    def call_all(cls, calls):
        """For each the values. Where one gives an error, as what vanishes while it is asked for, that is
        raised when all have answered."""
        connection = cls.get_connection()
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
            connection.call(name, path, interface, method, arguments, None,
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
        return ask_for_children([self])[0]

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
        return extents_of([self])[0]

    @property
    def size(self):
        """The number of widgets in it when it was last walked through, or None."""
        return Bus.sizes.get(self)

    @property
    def toolkit_version(self):
        """As numbers, the greatest first."""
        if self.owner not in Bus.versions:
            version = Widget(self.owner, ROOT).get("Version", "org.a11y.atspi.Application")
            Bus.versions[self.owner] = tuple(map(int, version.split(".")))
        return Bus.versions[self.owner]

    def has_state(self, state):
        words = self.call(ACCESSIBLE, "GetState")[0]
        return bool(words[state // 32] >> state % 32 & 1)


def tell_roles(widgets):
    """Asks for the roles that are not known."""
    new = [widget for widget in widgets if widget not in Bus.roles]
    if len(new) >= MANY:
        items = tell_items(new[0].owner)
        Bus.roles.update((widget, items[widget.path].role) for widget in new if widget.path in items)
        new = [widget for widget in new if widget not in Bus.roles]
    for widget, (role,) in zip(new, Bus.call_all([w.asks(ACCESSIBLE, "GetRole") for w in new])):
        Bus.roles[widget] = ROLES.get(role, "")


def names_of(widgets):
    if len(widgets) >= MANY:
        items = tell_items(widgets[0].owner)
        if all(widget.path in items for widget in widgets):
            return [items[widget.path].name for widget in widgets]
    return [name for name, in Bus.call_all([widget.asks_for("Name") for widget in widgets])]


def extents_of(widgets):
    arguments = GLib.Variant("(u)", (WINDOW_COORDINATES,))
    return [extents for extents, in Bus.call_all([widget.asks("org.a11y.atspi.Component", "GetExtents", arguments)
                                                  for widget in widgets])]


def ask_for_children(widgets):
    """The children of each."""
    answers = Bus.call_all([widget.asks(ACCESSIBLE, "GetChildren") for widget in widgets])
    children = [[Widget(*child) for child in found] for found, in answers]
    Bus.children.update((widget.path, [child.path for child in found])
                        for widget, found in zip(widgets, children))
    return children


def descend(level):
    """The children of some widgets and of all in these."""
    children = {}
    while level:
        children.update(zip(level, ask_for_children(level)))
        level = [child for widget in level for child in children[widget]]
    return children


def walk(root):
    """The widget and all in it, in order. A hidden widget is not in the tree. Raises GLib.Error where
    something vanishes while it is looked at."""
    children = descend([root])
    tell_roles(children)
    Bus.sizes[root] = len(children)

    def in_order(widget):
        yield widget
        for child in children[widget]:
            yield from in_order(child)
    return list(in_order(root))


def tell_items(owner):
    """All objects of a program, by their paths."""
    told = Bus.get_connection().call_sync(owner, *CACHE, "GetItems", None, None, Gio.DBusCallFlags.NONE,
                                          round(1000 * PATIENCE))
    # Several times faster than to unpack it. Texts are written as Python writes them.
    items = [Item(path, parent, int(place), int(children), ast.literal_eval(name), ROLES.get(int(role), ""))
             for path, parent, place, children, name, role, _ in ITEM.findall(told.print_(False))]
    if len(items) != told.get_child_value(0).n_children():
        raise AssertionError(f"items that cannot be read: {told.print_(False)}")
    return {item.path: item for item in items}


def is_as_told(item, known):
    """Its children on the list, among which are the hidden ones and are not those that nobody has asked
    for, are those that it told when it was last asked."""
    return ([place for place, _ in known] == list(range(item.children))
            and [path for _, path in known] == (Bus.children.get(item.path) if known else []))


def items_of(owner):
    """The same, having walked to what is new."""
    items = tell_items(owner)
    known = collections.defaultdict(list)
    for item in items.values():
        known[item.parent].append((item.place, item.path))
    changed = [Widget(owner, item.path) for item in items.values()
               if item.path != ROOT and not is_as_told(item, sorted(known[item.path]))]
    new = [child for children in ask_for_children(changed) for child in children if child.path not in items]
    return tell_items(owner) if descend(new) else items


def way_to(item, under, items):
    """The paths from a widget down to an item, both included, or None."""
    way = [item.path]
    while way[-1] != under.path:
        if items[way[-1]].parent not in items:
            return None
        way.append(items[way[-1]].parent)
    return way[::-1]


def is_way(way, children):
    """Each is shown in that before. The pages of a stack are objects, and are passed over where it is
    asked for its children."""
    at = 0
    while at + 1 < len(way):
        at += next((step for step in (1, 2) if set(way[at + step:at + step + 1]) & children[way[at]]), len(way))
    return at + 1 == len(way)


def are_ways(owner, ways):
    """Of each, as long as its parents still are there."""
    parents = [Widget(owner, path) for path in {path for way in ways for path in way[:-1]}]
    children = {parent.path: {child.path for child in found}
                for parent, found in zip(parents, ask_for_children(parents))}
    return [is_way(way, children) for way in ways]


def sighted(under, role=None, is_wanted=None):
    """(widget, name) of the widget and all in it of a role, and with a name that is wanted, in order."""
    items = items_of(under.owner)
    ways = [way_to(item, under, items) for item in items.values()
            if (role is None or item.role == role) and (is_wanted is None or is_wanted(item.name))]
    ways = sorted(filter(None, ways), key=lambda way: [items[path].place for path in way[1:]])
    shown = [[Widget(under.owner, path) for path in way]
             for way, is_shown in zip(ways, are_ways(under.owner, ways)) if is_shown]
    Bus.roles.update((widget, items[widget.path].role) for way in shown for widget in way)
    Bus.ways.update((way[-1], way[::-1] + way_up(under)[1:]) for way in shown)
    return [(way[-1], items[way[-1].path].name) for way in shown]


def way_up(widget):
    """The widget and all that it is in, up to its window. There it stays for as long as it lives."""
    if widget not in Bus.ways:
        way = [widget]
        while (parent := way[-1].parent).role != APPLICATION:
            way.append(parent)
        Bus.ways[widget] = way
    return Bus.ways[widget]


def is_shown(widget):
    """In its window. Raises GLib.Error where it is no more."""
    return are_ways(widget.owner, [[w.path for w in reversed(way_up(widget))]])[0]


def programs():
    """(process id, program) of all that are on the bus."""
    found = []
    for child in Widget("org.a11y.atspi.Registry", ROOT).children:
        process, = Bus.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                            "GetConnectionUnixProcessID", GLib.Variant("(s)", (child.owner,)))
        found.append((process, child))
    return found
