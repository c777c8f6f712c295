"""Whole screens compared with golden files, over widths, kinds of terminals and locales.

A screen is a text file: a row of the terminal a line behind a `|`, the cursor as a `^` in a line of its own below
its row, and where a test asks for colours, a line behind a `:` with a letter a cell below each coloured row.
"""

import difflib
import pathlib
import re
import select
import unicodedata
from typing import NamedTuple

from harness.program import LIMIT
from harness.terminal import ENTER, Terminal

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "Pty" / "Screens"

# The program of an update is waited for until it is quiet so long: no golden file says yet what is to come.
QUIET = 0.5

WIDTHS = (80, 20, 200)
TERMS = ("xterm-256color", "screen-256color", "vt100", "dumb")
LOCALES = ("C.UTF-8", "C")


class Variant(NamedTuple):
    """What a scenario is run with."""

    columns: int = 80
    term: str = "xterm-256color"
    locale: str = "C.UTF-8"

    @property
    def id(self):
        return f"{self.columns}-{self.term}-{self.locale}"

    def files(self, name):
        """The golden files that may hold a screen, the most particular first."""
        place = f"{name}.{self.columns}"
        return [f"{place}.{self.term}.{self.locale}.txt", f"{place}.{self.term}.txt", f"{place}.txt"]


# Each pair of a width, a terminal and a locale is there once at least; the plain one of each width comes first, so
# that an update writes what the others share.
PAIRS = [
    *(Variant(columns) for columns in WIDTHS),
    Variant(80, "screen-256color", "C"), Variant(20, "screen-256color"), Variant(200, "screen-256color"),
    Variant(80, "vt100"), Variant(20, "vt100", "C"), Variant(200, "vt100"),
    Variant(80, "dumb"), Variant(20, "dumb"), Variant(200, "dumb", "C"), Variant(80, "xterm-256color", "C"),
]
ALL = sorted(
    (Variant(columns, term, locale) for columns in WIDTHS for term in TERMS for locale in LOCALES),
    key=lambda variant: (LOCALES.index(variant.locale), TERMS.index(variant.term)))


def variants(marker, every):
    """The variants of a test: `every` takes all products instead of all pairs.

    `@pytest.mark.screens(columns=(80,), terms=("vt100",), locales=("C",))` leaves the others out;
    `@pytest.mark.screens(rows=12)` is for the fixture.
    """
    wanted = marker.kwargs if marker else {}
    chosen = [
        variant for variant in (ALL if every else PAIRS)
        if variant.columns in wanted.get("columns", WIDTHS) and variant.term in wanted.get("terms", TERMS)
        and variant.locale in wanted.get("locales", LOCALES)
    ]
    assert chosen, "no variant is left"
    return chosen


# --- the text of a screen

_COLOURS = {
    "black": "k", "red": "r", "green": "g", "brown": "y", "blue": "b", "magenta": "m", "cyan": "c", "white": "w",
    "brightblack": "x",
}


def _letter(cell):
    """`.` for plain, a colour's letter (x is grey), upper case where bold; `*` bold, `-` dim, `%` reverse, `_`."""
    if cell.reverse:
        return "%"
    if cell.fg == "black" and cell.bold:
        return _COLOURS["brightblack"]  # as pyte 0.8.0 names it
    if cell.fg != "default":
        letter = _COLOURS.get(cell.fg, "?")
        return letter.upper() if cell.bold else letter
    if cell.bold:
        return "*"
    if cell.strikethrough:  # what Screen makes of dim, which pyte does not know
        return "-"
    return "_" if cell.underscore else "."


def rendered(screen, rules=(), colours=False):
    """The text of a screen; the rules replace what varies, also where it runs on in the next row."""
    cells = [screen.buffer[y][x] for y in range(screen.lines) for x in range(screen.columns)]
    # A cell behind a wide character is empty; a combining mark lies in the cell of what it belongs to.
    text = "".join(cell.data[:1] or "\0" for cell in cells)
    for pattern, name in rules:
        text = pattern.sub(lambda found: (name * len(found[0]))[: len(found[0])] if len(name) == 1 else name, text)
        assert len(text) == len(cells), f"{name!r} is not as wide as what /{pattern.pattern}/ finds"
    lines = []
    for y in range(screen.lines):
        row = range(y * screen.columns, (y + 1) * screen.columns)
        shown = "".join("" if text[i] == "\0" else text[i] + cells[i].data[1:] for i in row)
        lines.append(("|" + shown).rstrip())
        if colours and (letters := "".join(_letter(cells[i]) for i in row).rstrip(".")):
            lines.append(":" + letters)
        if y == screen.cursor.y:
            lines.append(" " + " " * screen.cursor.x + "^")
    while lines[-1] == "|":
        lines.pop()
    return "\n".join(lines) + "\n"


# --- a shell whose screens are compared


class ScreenShell(Terminal):
    """A terminal for scenarios: type, run, see, and compare whole screens."""

    def __init__(self, command, *, variant, folder, update, env, cwd, rows=24):
        settings = {**env, "TERM": variant.term, "LC_ALL": variant.locale}
        super().__init__(command, env=settings, cwd=cwd, columns=variant.columns, rows=rows)
        self.variant = variant
        self.is_plain = variant.term == "dumb"
        self._folder, self._update = folder, update
        # The greeting names the libzmq that is there.
        self._rules = [(re.compile(r"\b4\.\d\.\d\b"), "4.3.4")]

    # --- what varies

    def hide(self, value, name):
        """Shows a value (a port, a compiled pattern) as a name of its width; a name of one character fills it."""
        pattern = value if isinstance(value, re.Pattern) else re.compile(re.escape(str(value)))
        self._rules.append((pattern, name))

    # --- what is seen, wherever the rows break

    @property
    def unbroken(self):
        """The screen as one line."""
        return "".join(self.screen.display)

    @property
    def before_cursor(self):
        """The screen as one line, up to the cursor."""
        cursor, buffer = self.screen.cursor, self.screen.buffer
        # By cells: a wide character has two, of which the second is empty.
        row = "".join(buffer[cursor.y][x].data for x in range(cursor.x))
        return "".join(self.screen.display[: cursor.y]) + row

    # --- what is done

    def see(self, text):
        """Waits until the screen shows a text, or a match of a compiled pattern, on one row or over several."""
        if isinstance(text, re.Pattern):
            self.wait_until(lambda: text.search(self.unbroken), f"/{text.pattern}/")
        else:
            self.wait_until(lambda: text in self.unbroken, repr(text))

    def ready(self, ending="> "):
        """Waits for a prompt: the cursor stands behind it."""
        self.wait_until(lambda: self.before_cursor.endswith(ending), f"a prompt that ends in {ending!r}")

    def type(self, text):
        """Types a text and waits until it stands before the cursor."""
        self.send(text)
        # As pyte keeps them, marks are joined with their letters.
        shown = unicodedata.normalize("NFC", "".join(text.split()))[-12:]
        # A wide character that does not fit leaves a blank at the end of a row.
        self.wait_until(
            lambda: "".join(self.before_cursor.split()).endswith(shown), f"the typed {text!r} before the cursor")

    def run(self, line, ending="> "):
        """Types a line, presses return, and waits for the next prompt (none with an ending of None)."""
        self.type(line)
        before = len(self.raw)
        self.send(ENTER)
        self.wait_until(lambda: b"\n" in self.raw[before:], "the line to be taken")
        if ending is not None:
            self.ready(ending)

    def screen_is(self, name, colours=False):
        """Waits until the screen is the one of the golden file."""
        paths = [self._folder / file for file in self.variant.files(name)]
        if self._update:
            self._settle()
            self._write(paths, rendered(self.screen, self._rules, colours))
            return
        golden = next((path for path in paths if path.exists()), None)
        assert golden, f"no golden screen {paths[-1]}: write it with --update-screens\n{self.dump()}"
        wanted = golden.read_text(encoding="utf-8")
        try:
            self.wait_until(lambda: rendered(self.screen, self._rules, colours) == wanted,
                f"the screen {golden.name}", LIMIT)
        except AssertionError as error:
            found = rendered(self.screen, self._rules, colours)
            difference = "\n".join(difflib.unified_diff(
                wanted.splitlines(), found.splitlines(), str(golden.relative_to(FOLDER)), "the screen", lineterm=""))
            raise AssertionError(f"{difference}\n\n{error}") from None

    def _settle(self):
        while select.select([self.master], [], [], QUIET)[0] and self._feed(0):
            pass

    def _write(self, paths, text):
        """Writes the screen to the file that the variants share, or to one of its own where it differs."""
        own, kind, shared = paths
        if self.variant == Variant(self.variant.columns):
            path = shared
        elif not kind.exists() and shared.exists() and shared.read_text(encoding="utf-8") == text:
            return
        elif kind.exists() and kind.read_text(encoding="utf-8") == text:
            return
        else:
            # The first of a kind of terminal writes for its kind; what another locale shows is its own.
            path = own if kind.exists() or self.variant.term == Variant().term else kind
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
