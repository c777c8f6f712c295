"""The comparison of screens itself, and screens of what every user sees first."""

import re

import pyte
import pytest

from harness.screens import PAIRS, TERMS, rendered, variants
from harness.terminal import CTRL_C, Screen


def drawn(data, columns=12, rows=4):
    screen = Screen(columns, rows)
    pyte.ByteStream(screen).feed(data)
    return screen


# --- the comparison


def test_a_screen_shows_its_rows_and_its_cursor():
    assert rendered(drawn("one\r\n\r\n日本e\u0301x".encode())) == "|one\n|\n|日本\u00e9x\n       ^\n"


def test_a_screen_tells_colours_where_asked():
    screen = drawn(b"\x1b[1;31merror\x1b[0m a \x1b[2mdim\x1b[0m")
    assert rendered(screen, colours=True) == "|error a dim\n:RRRRR...---\n            ^\n"
    assert ":" not in rendered(screen)


def test_a_name_stands_for_what_varies_also_over_the_end_of_a_row():
    screen = drawn(b"port 123 or port 12345")
    rules = [(re.compile("12345"), "PORT1"), (re.compile(r"\b\d{3}\b"), "#")]
    assert rendered(screen, rules) == "|port ### or\n|port PORT1\n           ^\n"


def test_a_name_of_another_width_is_refused():
    with pytest.raises(AssertionError, match="not as wide"):
        rendered(drawn(b"12345"), [(re.compile("12345"), "PORT")])


def test_the_pairs_hold_each_pair_of_a_width_a_terminal_and_a_locale():
    every = variants(None, every=True)
    assert len(every) == 24
    for one, other in ((0, 1), (0, 2), (1, 2)):
        wanted = {(variant[one], variant[other]) for variant in every}
        assert {(variant[one], variant[other]) for variant in PAIRS} == wanted


def test_a_screen_that_is_not_the_golden_one_fails(shell, monkeypatch, tmp_path):
    shell.ready()
    shell._folder, shell._update = tmp_path, False
    with pytest.raises(AssertionError, match="no golden screen"):
        shell.screen_is("start")
    (tmp_path / f"start.{shell.variant.columns}.txt").write_text("|another\n ^\n")
    monkeypatch.setattr("harness.screens.FOLDER", tmp_path)
    monkeypatch.setattr("harness.screens.LIMIT", 0.2)
    with pytest.raises(AssertionError, match=r"-\|another"):
        shell.screen_is("start")


# --- the first screens


def test_first_steps(shell, port):
    shell.hide(port, "PORT1")
    shell.ready()
    shell.run(f"bind rep {port} as server")
    shell.run(f"connect req {port} as client")
    shell.run("server wait connected")
    shell.run("send Hello")
    shell.run("server recv")
    shell.screen_is("a-request-arrived", colours=True)


# On a dumb terminal libedit draws a long line anew below itself whenever it has no key to read.
@pytest.mark.screens(terms=TERMS[:-1])
def test_a_line_that_wraps_is_dropped(shell):
    shell.ready()
    shell.type("print " + "wide 日本 and long " * 12 + "end")
    shell.screen_is("typed")
    shell.send(CTRL_C)
    shell.see("^C")
    shell.ready()
    shell.run("print after")
    shell.screen_is("dropped")
