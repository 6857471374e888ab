"""Pointer, keys and windows of an X display, spoken to through Xlib and its test extension.

Only what tools/monkey needs. A program answers a ping when it has taken in all that was sent
before, as window managers ask it to; there is no window manager here.
"""

import ctypes
import time

SUBSTRUCTURE_NOTIFY = 1 << 19
UNMAP_NOTIFY, MAP_NOTIFY, DESTROY_NOTIFY, CLIENT_MESSAGE = 18, 19, 17, 33

Event = ctypes.c_long * 24
ErrorHandler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)

x11 = ctypes.CDLL("libX11.so.6")
xtst = ctypes.CDLL("libXtst.so.6")
x11.XOpenDisplay.restype = ctypes.c_void_p
x11.XDefaultRootWindow.restype = ctypes.c_ulong
x11.XInternAtom.restype = ctypes.c_ulong
x11.XStringToKeysym.restype = ctypes.c_ulong
x11.XKeysymToKeycode.restype = ctypes.c_ubyte

# A window may go at any moment: what is then said to it is no mistake.
ignore_errors = ErrorHandler(lambda display, event: 0)


class Display:
    """`windows` are those of programs, in the order in which they appeared; `popups` lie above them."""

    def __init__(self):
        self.display = ctypes.c_void_p(x11.XOpenDisplay(None))
        if not self.display.value:
            raise OSError("no display")
        x11.XSetErrorHandler(ignore_errors)
        self.root = ctypes.c_ulong(x11.XDefaultRootWindow(self.display))
        x11.XSelectInput(self.display, self.root, ctypes.c_long(SUBSTRUCTURE_NOTIFY))
        self.protocols, self.ping, self.delete = (
            x11.XInternAtom(self.display, name, 0)
            for name in (b"WM_PROTOCOLS", b"_NET_WM_PING", b"WM_DELETE_WINDOW"))
        self.windows, self.popups = [], []
        self.held = []
        self.asked = self.answered = 0

    # Acting

    def let_go(self):
        """For another program: buttons and keys that are still down come up, windows are forgotten."""
        while self.held:
            function, what = self.held[-1]
            function(what, False)
        self.windows.clear()
        self.popups.clear()

    def _hold(self, function, what, down):
        if down:
            self.held.append((function, what))
        else:
            self.held = [held for held in self.held if held != (function, what)]

    def move(self, x, y):
        xtst.XTestFakeMotionEvent(self.display, -1, int(x), int(y), ctypes.c_ulong(0))
        x11.XFlush(self.display)

    def button(self, number, down):
        self._hold(self.button, number, down)
        xtst.XTestFakeButtonEvent(self.display, number, down, ctypes.c_ulong(0))
        x11.XFlush(self.display)

    def key(self, name, down):
        symbol = ctypes.c_ulong(x11.XStringToKeysym(name.encode()))
        code = x11.XKeysymToKeycode(self.display, symbol)
        if not code:
            raise ValueError(f"no key {name}")
        self._hold(self.key, name, down)
        xtst.XTestFakeKeyEvent(self.display, code, down, ctypes.c_ulong(0))
        x11.XFlush(self.display)

    def resize(self, window, width, height):
        x11.XMoveResizeWindow(self.display, ctypes.c_ulong(window), 0, 0, width, height)
        x11.XFlush(self.display)

    def focus(self, window):
        x11.XSetInputFocus(self.display, ctypes.c_ulong(window), 2, ctypes.c_ulong(0))
        x11.XFlush(self.display)

    def close(self, window):
        self._send(window, self.delete, 0)

    def _send(self, window, what, number):
        event = Event()
        event[0], event[4], event[5], event[6] = CLIENT_MESSAGE, window, self.protocols, 32
        event[7], event[8], event[9] = what, number, window
        x11.XSendEvent(self.display, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(event))
        x11.XFlush(self.display)

    # Seeing

    def geometry(self, window):
        """x, y, width, height; zeros where there is none."""
        root, child = ctypes.c_ulong(), ctypes.c_ulong()
        x, y = ctypes.c_int(), ctypes.c_int()
        width, height, border, depth = (ctypes.c_uint() for _ in range(4))
        x11.XGetGeometry(self.display, ctypes.c_ulong(window), *map(ctypes.byref, (
            root, x, y, width, height, border, depth)))
        x11.XTranslateCoordinates(self.display, ctypes.c_ulong(window), self.root, 0, 0,
                                  *map(ctypes.byref, (x, y, child)))
        return x.value, y.value, width.value, height.value

    def owner(self, window):
        """The window that it is transient for, or 0."""
        other = ctypes.c_ulong(0)
        x11.XGetTransientForHint(self.display, ctypes.c_ulong(window), ctypes.byref(other))
        return other.value

    def title(self, window):
        text = ctypes.c_char_p()
        if not x11.XFetchName(self.display, ctypes.c_ulong(window), ctypes.byref(text)):
            return ""
        title = (text.value or b"").decode("utf-8", "replace")
        x11.XFree(text)
        return title

    def look(self):
        """Takes in what has happened."""
        event = Event()
        while x11.XPending(self.display):
            x11.XNextEvent(self.display, ctypes.byref(event))
            kind, window = event[0] & 0xffffffff, event[5]
            if kind == CLIENT_MESSAGE and event[7] == self.ping:
                self.answered = event[8]
            elif kind == MAP_NOTIFY:
                (self.popups if event[6] & 1 else self.windows).append(window)
            elif kind in (UNMAP_NOTIFY, DESTROY_NOTIFY):
                for group in (self.popups, self.windows):
                    if window in group:
                        group.remove(window)

    def ask(self, window, seconds, alive):
        """Whether a window has answered in time; what is not alive is not waited for."""
        self.asked += 1
        self._send(window, self.ping, self.asked)
        end = time.monotonic() + seconds
        while self.answered != self.asked:
            self.look()
            if window not in self.windows or not alive():
                return True
            if time.monotonic() > end:
                return False
            time.sleep(0.001)
        return True
