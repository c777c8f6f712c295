"""Tab and hints: whole screens over widths, terminals and locales, and what must not happen to the line."""

import re

import pytest
import zmq

from harness.screens import TERMS
from harness.terminal import CTRL_A, CTRL_C, CTRL_R, CTRL_U, DOWN, ENTER, LEFT, RIGHT, TAB

NONE = "zsh-mq> "
CTRL_E, CTRL_F, ALT_F, END = "\x05", "\x06", "\x1bf", "\x1b[F"
COLOURED = ("xterm-256color", "screen-256color")


def start(shell):
    """A shell whose screen has a prompt and nothing else."""
    shell.ready()
    shell.send("\x0c")
    shell.wait_until(lambda: shell.is_plain or shell.lines[0].startswith("zsh-mq>"), "an empty screen")


# --- lists, as screens


def test_commands_of_one_beginning(shell):
    start(shell)
    shell.type("se")
    shell.send(TAB)
    shell.see("serve")
    shell.screen_is("listed", colours=True)
    shell.type("n")
    shell.screen_is("gone")
    shell.send(TAB)
    shell.type("x")
    shell.screen_is("completed")


@pytest.mark.screens(rows=10)
def test_more_than_the_screen_has_rows_for_is_paged(shell):
    start(shell)
    shell.type("fails E")
    for page in ("first", "second"):
        shell.send(TAB)
        shell.screen_is(f"{page}-page")
    shell.send("F" + TAB)
    shell.screen_is("a-shorter-list")


# A line that nearly fills a row is drawn anew below itself on a dumb terminal.
@pytest.mark.screens(terms=TERMS[:-1])
def test_values_of_an_option(shell):
    start(shell)
    shell.type("connect req 5546 reconnect_iv")
    shell.send(TAB)
    shell.see("reconnect_ivl")
    shell.send("=" + TAB)
    shell.see("100")
    shell.screen_is("listed")


def test_properties_in_a_quote(shell):
    start(shell)
    shell.run("bind pair inproc://here as left")
    shell.type('print "it is $left.')
    shell.send(TAB)
    shell.see("state")
    shell.send("st" + TAB)
    shell.type('"')
    shell.screen_is("completed")


def test_a_list_below_a_line_that_wraps(shell):
    if shell.is_plain:
        pytest.skip("a dumb terminal draws a long line anew below itself")
    start(shell)
    shell.type("print " + "wide 日本 and long " * 12 + "; view ")
    shell.send(TAB)
    shell.see("z85")
    shell.screen_is("listed")
    shell.send(LEFT * 6)
    shell.screen_is("gone")


def test_files_with_every_kind_of_name(shell, folder):
    for name in ("plain.zs", "with blank.zs", "it's.zs", "Grüße 世界.zs"):
        (folder / name).write_text("print it\n")
    (folder / "esc\x1b[31m\x07.zs").write_text("print it\n")
    start(shell)
    shell.type("source ")
    shell.send(TAB)
    shell.see('"')
    shell.send(TAB)
    shell.see("plain")
    shell.screen_is("listed")
    assert b"\x1b[31m" not in shell.raw and b"m\x07.zs" not in shell.raw


# --- hints, as screens


@pytest.mark.screens(terms=COLOURED + ("vt100",))
def test_a_hint_of_the_history(shell):
    shell.ready()
    shell.run("print Hello you")
    shell.send("\x0c")
    shell.type("pri")
    shell.screen_is("shown", colours=True)
    shell.send(RIGHT)
    shell.screen_is("taken", colours=True)


@pytest.mark.screens(terms=COLOURED)
def test_a_hint_of_what_a_command_takes(shell):
    start(shell)
    shell.type("connect ")
    shell.screen_is("first", colours=True)
    shell.type("req ")
    shell.screen_is("second", colours=True)


@pytest.mark.screens(terms=COLOURED)
def test_a_hint_ends_with_the_row(shell):
    shell.ready()
    shell.run("print wide " + "日本x" * 60)
    shell.send("\x0c")
    shell.type("print wide")
    shell.screen_is("shown")
    shell.send(CTRL_C)
    shell.see("^C")
    shell.ready()
    shell.screen_is("dropped")


# --- what Tab does


def test_one_choice_is_typed_with_a_blank(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.send("ver" + TAB)
    shell.wait_prompt(NONE, "version ")
    shell.send(CTRL_U + "print ${le" + TAB)
    shell.wait_prompt(NONE, "print ${len(")
    shell.send(CTRL_U + "send he" + TAB)
    shell.wait_prompt(NONE, "send hex:")


def test_what_is_common_is_typed_first_and_then_listed(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.send("set recon" + TAB)
    shell.wait_prompt(NONE, "set reconnect_")
    assert "reconnect_ivl_max" not in shell.text
    shell.send(TAB)
    shell.wait_for("reconnect_ivl_max")
    shell.wait_prompt(NONE, "set reconnect_")


def test_words_complete_in_mid_line_in_blocks_and_in_quotes(terminal, folder):
    (folder / "two words.zs").write_text("print from the file\n")
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.send("repeat 2 { pri }" + LEFT * 2 + TAB)
    shell.wait_until(lambda: shell.whole_line == NONE + "repeat 2 { print }", "the word in the block")
    shell.send(CTRL_U)
    shell.send("\x0b" + "source 'two" + TAB)
    shell.wait_prompt(NONE, "source 'two words.zs' ")
    shell.send(ENTER)
    shell.wait_for(re.compile(r"^from the file$", re.MULTILINE))


def test_nothing_to_offer_leaves_the_line_alone(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.send("print xyz" + TAB + TAB + "!")
    shell.wait_prompt(NONE, "print xyz!")


def test_a_statement_of_several_lines_completes(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.send("repeat 2 {" + ENTER + "pri" + TAB)
    shell.wait_until(lambda: shell.line == "  print ", "the word in the second line")
    shell.send("$" + TAB)
    shell.wait_for("$i")
    shell.send("i" + ENTER + "}" + ENTER)
    shell.wait_for(re.compile(r"^1\n2$", re.MULTILINE))


def test_events_above_a_list_leave_both_whole(terminal, port):
    shell = terminal(columns=80, rows=16)
    shell.wait_prompt(NONE)
    shell.enter("bind pull inproc://here as sink", "sink no peer> ")
    shell.enter(f"task t {{ bind pull {port}; repeat 2 {{ recv as x; print $x }} }}", "sink no peer, 1 task> ")
    shell.send("view ")
    shell.send(TAB)
    shell.wait_for("msgpack")
    context = zmq.Context()
    try:
        push = context.socket(zmq.PUSH)
        push.connect(f"tcp://127.0.0.1:{port}")
        for news in ("from the task", "again"):
            push.send_string(news)
            shell.wait_for(news)
    finally:
        context.destroy(linger=0)
    # The task has ended with that, which the prompt tells.
    shell.wait_until(lambda: shell.line == "sink no peer> view " and "msgpack" in shell.text, "line and list")
    rows = shell.lines
    y = shell.screen.cursor.y
    assert rows[y + 1].startswith("base64") and sum("base64" in row for row in rows) == 1
    assert not any("base64" in row or "msgpack" in row for row in rows[:y])
    shell.send("hex" + ENTER)
    shell.wait_until(lambda: "msgpack" not in shell.text, "the list to go")


@pytest.mark.parametrize("columns", [20, 33, 70, 160])
def test_a_list_survives_another_size(terminal, columns):
    shell = terminal(columns=80, rows=20)
    shell.wait_prompt(NONE)
    shell.send("view " + TAB)
    # Up to the cursor's way back: what was drawn for one size and comes in another is in disorder on every terminal.
    shell.wait_until(lambda: shell.line == NONE + "view " and "z85" in shell.text, "line and list")
    before = len(shell.raw)
    shell.resize(columns, 20)
    shell.wait_until(lambda: b"z85" in shell.raw[before:] and shell.line == NONE + "view ", "both anew")
    assert sum("msgpack" in row for row in shell.lines) == 1
    shell.send("he" + TAB)
    shell.wait_prompt(NONE, "view hex ")
    assert "msgpack" not in shell.text


def test_a_list_at_the_end_of_the_screen_scrolls_and_comes_back(terminal):
    shell = terminal(columns=80, rows=8)
    shell.wait_prompt(NONE)
    for number in range(8):
        shell.enter(f"print {number}", NONE)
    shell.send("view " + TAB)
    shell.wait_for("z85")
    shell.wait_prompt(NONE, "view ")
    shell.send("text" + ENTER)
    shell.wait_until(lambda: "error" in shell.text, "the statement to run")
    shell.wait_prompt(NONE)


# --- what hints do


def test_a_hint_is_taken_by_the_keys_that_other_shells_have(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("print Hello you there", NONE)
    for key in (RIGHT, CTRL_F, CTRL_E, END, "\x1bOC"):
        shell.send("pri")
        shell.wait_until(
            lambda: shell.whole_line == NONE + "print Hello you there" and shell.line == NONE + "pri", "the hint")
        shell.send(key)
        shell.wait_prompt(NONE, "print Hello you there")
        shell.send(CTRL_U)
    shell.send("pri")
    shell.wait_until(
        lambda: shell.whole_line == NONE + "print Hello you there" and shell.line == NONE + "pri", "the hint")
    shell.send(ALT_F)
    shell.wait_prompt(NONE, "print")
    shell.wait_until(lambda: shell.whole_line.endswith("there"), "the hint again")
    shell.send(ALT_F)
    shell.wait_prompt(NONE, "print Hello")


def test_a_hint_never_runs_and_never_stays(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("print Hello you", NONE)
    shell.send("print He")
    shell.wait_until(lambda: shell.whole_line.endswith("Hello you"), "the hint")
    shell.send(ENTER)
    shell.wait_for(re.compile(r"^zsh-mq> print He\nHe\n", re.MULTILINE))
    shell.wait_prompt(NONE)
    shell.send("print H")
    shell.wait_until(lambda: shell.whole_line.endswith("He"), "the newest hint")
    shell.send(CTRL_C)
    shell.wait_for(re.compile(r"^zsh-mq> print H\^C$", re.MULTILINE))


def test_a_hint_is_only_for_the_end_of_the_line(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("print Hello you", NONE)
    shell.send("print" + CTRL_A)
    shell.wait_until(lambda: shell.line == NONE and shell.whole_line == NONE + "print", "no hint")
    shell.send(CTRL_E)
    shell.wait_until(lambda: shell.line == NONE + "print" and shell.whole_line.endswith("you"), "the hint")
    shell.send(CTRL_R)
    shell.wait_for("bck:")
    assert "Hello you" not in shell.whole_line


def test_hints_off_and_on(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("print Hello", NONE)
    shell.enter("hints off", NONE)
    shell.send("print H")
    shell.wait_prompt(NONE, "print H")
    shell.send("e")
    shell.wait_prompt(NONE, "print He")
    assert shell.whole_line == NONE + "print He"
    shell.send(CTRL_U)
    shell.enter("hints on", NONE)
    shell.send("print H")
    shell.wait_until(lambda: shell.whole_line == NONE + "print Hello", "the hint")


def test_the_words_behind_an_alias_and_a_def_are_told(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    for line in ("alias ask = 'connect req'", "def greet who how { print $how $who }"):
        shell.enter(line, NONE)
    for typed, hint in [
        ("ask ", "ENDPOINT... [as NAME] [OPTION=VALUE ...]"), ("greet ", "WHO HOW"), ("greet Ada ", "HOW"),
        ("greet Ada fine ", ""),
    ]:
        shell.send(typed)
        shell.wait_until(lambda: shell.whole_line == (NONE + typed + hint).rstrip(), f"the hint behind {typed!r}")
        shell.send(CTRL_U)
        shell.wait_prompt(NONE)
    shell.send("ask 5546 li" + TAB)
    shell.wait_prompt(NONE, "ask 5546 linger=")


def test_what_ends_an_open_quote_or_block_is_hinted(terminal):
    shell = terminal()
    shell.wait_prompt("zsh-mq> ")
    for typed, hint in [
        ("print 'abc", "  ' ends the quote"), ('print {"a": "b', '  " ends the quote'), ("repeat 2 {", "  } ends it, Ctrl-C drops it"),
        ("print [1,", "  ] ends it, Ctrl-C drops it"), ("let x = (1 +", "  ) ends it, Ctrl-C drops it"),
    ]:
        shell.send(typed + ENTER)
        shell.wait_until(lambda: shell.whole_line == hint, f"the hint behind {typed!r}")
        shell.send("x")
        shell.wait_until(lambda: shell.whole_line.endswith("ends the quote") or "ends" not in shell.whole_line, "none in a line")
        shell.send(CTRL_C)
        shell.wait_prompt("zsh-mq> ")


@pytest.mark.parametrize("settings", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"TERM": "vt100"}, {"TERM": "vt220"}])
def test_no_hint_where_it_could_not_be_told_from_the_line(terminal, settings):
    shell = terminal(env=settings)
    shell.wait_until(lambda: shell.line.endswith(NONE), "the prompt")
    shell.enter("print Hello you")
    shell.wait_until(lambda: shell.line.endswith(NONE), "the prompt")
    shell.send("print H")
    shell.wait_until(lambda: shell.line.endswith("print H"), "the typed line")
    shell.send("e")
    shell.wait_until(lambda: shell.line.endswith("print He"), "the typed line")
    assert not shell.whole_line.endswith("you")


def test_a_hint_never_tells_a_secret(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("let plain_password = 'geheim'", NONE)
    shell.send("let plain")
    shell.wait_prompt(NONE, "let plain")
    shell.send("_")
    shell.wait_prompt(NONE, "let plain_")
    assert "geheim" not in shell.whole_line


def test_typing_fast_leaves_the_line_as_typed(terminal):
    shell = terminal(columns=40)
    shell.wait_prompt(NONE)
    shell.enter("print " + "long words " * 12 + "end")
    shell.wait_prompt(NONE)
    for character in "print " + "long words " * 9:
        shell.send(character)
    shell.send("other" + ENTER)
    shell.wait_for(re.compile(r"other$", re.MULTILINE))
    shell.wait_prompt(NONE)
