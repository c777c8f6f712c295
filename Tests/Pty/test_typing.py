"""Screens of typing: statements of several lines, pastes, recalled entries, help, and what is told of them."""

import pytest

from harness.terminal import ALT_ENTER, CTRL_A, CTRL_C, CTRL_E, DOWN, ENTER, UP

PASTE, PASTED = "\x1b[200~", "\x1b[201~"
# Where the cursor cannot go up, a line is drawn again below itself at every key.
FULL = ("xterm-256color", "screen-256color", "vt100")


def type_block(shell, *lines):
    """Types lines of a statement, Enter behind each but the last."""
    for line in lines[:-1]:
        shell.type(line)
        shell.send(ENTER)
    shell.type(lines[-1])


@pytest.mark.screens(is_first=True)
def test_the_first_start(shell):
    shell.ready()
    shell.screen_is("greeting", colours=True)


def test_a_block_is_typed_line_by_line(shell):
    shell.ready()
    type_block(shell, "repeat 2 {", "if $i == 2 {", "print second", "}", "}")
    shell.screen_is("typed")
    shell.send(ENTER)
    shell.ready()
    shell.screen_is("ran")


@pytest.mark.screens(terms=FULL)
def test_a_wrapped_line_of_a_block_is_edited(shell):
    shell.ready()
    type_block(shell, "if true {", "print a line that is longer than one row of a narrow terminal", "}")
    shell.send(UP + CTRL_E)
    shell.type(" 日本 é")
    shell.screen_is("edited")
    shell.send(CTRL_A)
    shell.screen_is("at-its-start")
    shell.send(DOWN + CTRL_E + ENTER)
    shell.ready()
    shell.screen_is("ran")


@pytest.mark.screens(terms=FULL)
def test_a_block_is_recalled_changed_and_run(shell):
    shell.ready()
    type_block(shell, "repeat 2 {", "print one", "}")
    shell.send(ENTER)
    shell.ready()
    shell.send(UP)
    shell.wait_until(lambda: shell.line == "}", "the block")
    shell.screen_is("recalled")
    shell.send(UP + CTRL_E + ALT_ENTER)
    shell.type("print two")
    shell.screen_is("changed")
    shell.send(ENTER)
    shell.ready()
    shell.screen_is("ran")


@pytest.mark.screens(terms=FULL)
def test_entries_are_found_by_their_beginning(shell):
    shell.ready()
    for line in ("print one", "let x = 1", "print two"):
        shell.run(line)
    shell.type("pri")
    shell.send(UP + UP)
    shell.wait_until(lambda: shell.before_cursor.rstrip().endswith("print one"), "the first entry")
    shell.screen_is("found")


@pytest.mark.screens(terms=FULL)
def test_a_paste_waits_for_enter(shell):
    shell.ready()
    shell.send(f"{PASTE}repeat 2 {{\r\n\tprint \x1b[31m'pasted\x07' $i\r\n}}\r\n{PASTED}")
    shell.wait_until(lambda: shell.line == "}", "the paste")
    shell.screen_is("pasted")
    shell.send(ENTER)
    shell.ready()
    shell.screen_is("ran")


@pytest.mark.screens(terms=FULL, rows=12)
def test_a_paste_taller_than_the_screen_is_a_label(shell):
    shell.ready()
    shell.send(PASTE + "\n".join(["let x = 0", *["let x = $x + 1"] * 998, "print $x"]) + PASTED)
    shell.wait_until(lambda: shell.before_cursor.rstrip().endswith("lines]"), "the label")
    shell.screen_is("label")
    shell.send(ENTER)
    shell.see("998")
    shell.ready()
    shell.screen_is("ran")


@pytest.mark.screens(terms=FULL)
def test_a_statement_of_several_lines_is_dropped(shell):
    shell.ready()
    type_block(shell, "repeat 2 {", "print 'never", "never'")
    shell.send(UP + CTRL_C)
    shell.ready()
    shell.screen_is("dropped")


@pytest.mark.screens(columns=(80,), terms=FULL)
def test_a_block_bears_another_width(shell):
    shell.ready()
    type_block(shell, "repeat 2 {", "print a line that is longer than a row of twenty", "}")
    for columns in (20, 12):
        shell.resize(columns, 24)
        shell.type("x")
        shell.send("\x7f")
        shell.wait_until(lambda: shell.line == "}", "the line drawn anew")
        shell.screen_is(f"at-{columns}")


def test_the_history_is_listed(shell):
    shell.ready()
    type_block(shell, "repeat 2 {", "print one }")
    shell.send(ENTER)
    shell.ready()
    shell.run("history 2")
    shell.screen_is("listed")


def test_help_and_a_topic_that_is_near(shell):
    shell.ready()
    shell.run("help EFSM")
    shell.run("help snd")
    shell.run("snd x")
    shell.screen_is("told", colours=True)


def test_an_error_in_an_alias_has_both_places(shell):
    shell.ready()
    shell.run("alias half = 'print ${1 / 0}'")
    shell.run("half of it")
    shell.screen_is("told", colours=True)
