"""What is to be seen of a window: waits for it, finds it, and says where it is.

Everything is polled, soon at first and then more rarely.
"""

import itertools
import re
import time

from gi.repository import GLib

from accessible import (BUTTON, DROP_DOWN, IMAGE, MENU, MENU_ITEM, PATIENCE, ask_for_children, extents_of,
                        is_shown, names_of, sighted, tell_roles, walk, way_up)

EVERY, RARELY = 0.03, 0.15
FEW = 120


RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def read_number(text):
    """A number as people write it, "−0.5" or "2.3 × 10⁻⁶"."""
    front, times, power = text.replace("−", "-").replace("\u00a0", "").replace("∞", "inf").partition("×10")
    if not times and front.startswith("10") and front[2:3] in "⁰¹²³⁴⁵⁶⁷⁸⁹⁻" and len(front) > 2:
        front, power = "1", front[2:]
    return float(front) * 10.0 ** int(power.translate(RAISED) or 0)


def wait(condition, what, timeout=None, rarely=RARELY):
    """The first true answer of `condition`. What vanishes while it is looked at is not there. Between
    two looks the program is left in peace for as long as a look takes, and in the end for `rarely` seconds:
    what passes by by itself is looked for as often as at first."""
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
        time.sleep(max(min(EVERY * looks, rarely), now - start))


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
    # Blanks that keep a line together are blanks.
    return name.replace("\u00a0", " ") == wanted.replace("\u00a0", " ")


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
