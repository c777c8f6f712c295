"""A program on a pseudo-terminal, with the screen that its user would see."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time

import pyte

from harness.program import LIMIT

UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
CTRL_A, CTRL_C, CTRL_D, CTRL_E, CTRL_L, CTRL_R, CTRL_U, CTRL_Z = (
    "\x01", "\x03", "\x04", "\x05", "\x0c", "\x12", "\x15", "\x1a")
CTRL_BACKSLASH, ALT_ENTER = "\x1c", "\x1b\r"
ENTER, TAB, BACKSPACE, ESCAPE = "\r", "\t", "\x7f", "\x1b"

# What runs first in the child: the terminal becomes the one that Ctrl-C and Ctrl-Z act through, then the
# program takes this one's place. (A preexec_fn can deadlock where pytest-xdist's threads run.)
TAKE_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""


# How long a line took, which the shell says where that was long: a busy machine must not change what tests see. It is
# one write.
_TOOK = re.compile(rb"(?:(?<=\n)|(?<=\x1b\[\?2004l)|\A)(?:\x1b\[2m)?took [\d.]+ (?:m?s|min)(?:\x1b\[0m)?\r\n")


class Screen(pyte.HistoryScreen):
    """What pyte shows; dim (SGR 2), which it does not know, is kept as struck through, which nobody sends."""

    def select_graphic_rendition(self, *attributes, **options):
        if 38 not in attributes and 48 not in attributes:
            attributes = [9 if attribute == 2 else attribute for attribute in attributes]
        super().select_graphic_rendition(*attributes, **options)


class Terminal:
    """A program that believes a user sits in front of it.

    The screen is fed while something is waited for, in the test's own thread.
    """

    def __init__(self, command, *, env, cwd, columns=100, rows=30):
        self.command = [str(word) for word in command]
        self.screen = Screen(columns, rows, history=10_000)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self.ended = False
        self.master, slave = pty.openpty()
        # What a terminal answers when it is asked (for its cursor, its kind).
        self.screen.write_process_input = lambda answer: os.write(self.master, answer.encode())
        self._set_size(columns, rows)
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", TAKE_TERMINAL, *self.command],
            stdin=slave, stdout=slave, stderr=slave, env=env, cwd=cwd, start_new_session=True)
        os.close(slave)

    # --- what is seen

    @property
    def lines(self):
        """The rows of the screen, without the blanks at their ends."""
        return [row.rstrip() for row in self.screen.display]

    @property
    def text(self):
        """The screen, without the empty rows at its end."""
        return "\n".join(self.lines).rstrip("\n")

    @property
    def line(self):
        """The row that the cursor is in, up to the cursor."""
        return self.screen.display[self.screen.cursor.y][: self.screen.cursor.x]

    @property
    def whole_line(self):
        """The row that the cursor is in."""
        return self.lines[self.screen.cursor.y]

    @property
    def scrollback(self):
        """The rows that left the screen at its top, and the screen."""
        columns = self.screen.columns
        above = ["".join(row[x].data for x in range(columns)).rstrip() for row in self.screen.history.top]
        return "\n".join([*above, self.text])

    # --- what is done

    def send(self, keys):
        """Presses keys."""
        data = keys.encode() if isinstance(keys, str) else keys
        while data:
            data = data[os.write(self.master, data) :]

    def resize(self, columns, rows):
        """Changes the size, as a user who drags the window's corner; the program gets SIGWINCH."""
        self.screen.resize(rows, columns)
        self._set_size(columns, rows)

    def _set_size(self, columns, rows):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def enter(self, line, prompt=None):
        """Types a line, sees it, presses return; with a prompt given, waits until that prompt is back."""
        self.send(line)
        last = line[-20:]
        self.wait_until(lambda: self.line.endswith(last), f"the typed {line!r} before the cursor")
        self.send(ENTER)
        self.wait_until(lambda: not self.line.endswith(last), f"the cursor to leave {line!r}")
        if prompt is not None:
            self.wait_prompt(prompt)

    # --- what is waited for

    def wait_until(self, holds, what, timeout=LIMIT):
        """Feeds the screen until the fact holds."""
        deadline = time.monotonic() + timeout
        while True:
            value = holds()
            if value:
                return value
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(f"{what}: not in {timeout} s\n{self.dump()}")
            if not self._feed(left):
                value = holds()
                if value:
                    return value
                raise AssertionError(f"{what}: the program ended before\n{self.dump()}")

    def wait_for(self, pattern, timeout=LIMIT):
        """Waits until the screen shows a text, or matches a compiled regular expression."""
        if isinstance(pattern, re.Pattern):
            return self.wait_until(lambda: pattern.search(self.text), f"/{pattern.pattern}/", timeout)
        return self.wait_until(lambda: pattern in self.text, repr(pattern), timeout)

    def wait_printed(self, rows, since=0, timeout=LIMIT):
        """Waits until rows were printed, which may have left the screen by now; of some, a compiled expression.

        It is looked for in the bytes that came, after the first so many of them.
        """
        if isinstance(rows, str):
            # In front of the first row a terminal may have been told that a paste is none any more.
            rows = re.compile(rb"(?:\A|\n|\x1b\[\?2004l)" + re.escape(rows).encode() + rb"\r\n")
        return self.wait_until(lambda: rows.search(self.raw, since), f"/{rows.pattern.decode()}/", timeout)

    def wait_prompt(self, prompt, typed="", timeout=LIMIT):
        """Waits until the cursor stands right behind the prompt (and what is typed there)."""
        self.wait_until(lambda: self.line == prompt + typed, f"the prompt {prompt + typed!r}", timeout)

    def wait_exit(self, timeout=LIMIT):
        """Waits for the end of the program and gives its exit."""
        deadline = time.monotonic() + timeout
        while self._feed(deadline - time.monotonic()):
            assert time.monotonic() < deadline, f"it did not end in {timeout} s\n{self.dump()}"
        return self.process.wait(max(deadline - time.monotonic(), 1))

    def _feed(self, timeout):
        """Reads what is there, waiting at most so long; false once the program closed the terminal."""
        if self.ended:
            return False
        ready, _, _ = select.select([self.master], [], [], max(timeout, 0))
        if not ready:
            return True
        try:
            data = os.read(self.master, 65536)
        except OSError:  # Linux's way to tell that the last user of the terminal closed it
            data = b""
        if not data:
            self.ended = True
            return False
        self.raw += data
        self.stream.feed(_TOOK.sub(b"", data))
        return True

    def modes(self):
        """The terminal's settings, as tcgetattr gives them."""
        return termios.tcgetattr(self.master)

    def signal(self, number):
        self.process.send_signal(number)

    def vanish(self):
        """Takes the terminal away, as when its window is closed."""
        os.close(self.master)
        self.master = None
        self.ended = True

    def end(self):
        """Ends the program, whatever it does; nothing where it ended itself."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGHUP)
            try:
                self.process.wait(2)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.master is not None:
            os.close(self.master)

    def dump(self):
        """The screen in a frame, with the cursor's place: for a failure."""
        cursor = self.screen.cursor
        code = self.process.poll()
        frame = "+" + "-" * self.screen.columns + "+"
        rows = "\n".join(f"|{row}|" for row in self.screen.display)
        state = "running" if code is None else f"ended with {code}"
        return (
            f"{' '.join(self.command)} ({state}); cursor in row {cursor.y}, column {cursor.x}\n"
            f"{frame}\n{rows}\n{frame}\nlast bytes: {bytes(self.raw[-300:])!r}"
        )
