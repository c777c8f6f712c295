"""The shell as its user sees it: prompt, state errors, Ctrl-C, Ctrl-D, history."""

import re

import pytest

from harness.terminal import CTRL_A, CTRL_C, CTRL_D, CTRL_U, ENTER, UP

NONE = "zsh-mq> "
CLIENT_READY, CLIENT_WAITS = "client ready, 1 peer> ", "client awaiting reply, 1 peer> "
SERVER_ALONE = "server awaiting request, no peer> "
SERVER_WAITS, SERVER_OWES = "server awaiting request, 1 peer> ", "server owes reply, 1 peer> "


def test_the_page_at_the_prompt(terminal, port):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter(f"bind rep {port} as server", SERVER_ALONE)
    shell.enter(f"connect req {port} as client", CLIENT_READY)
    shell.enter("send Hello", CLIENT_WAITS)

    shell.enter("send Hello1", CLIENT_WAITS)
    shell.wait_for("Operation cannot be accomplished in current state (EFSM)")
    shell.wait_for(re.compile(r'\^+ "Hello" was sent .* ago'))
    shell.wait_for("help:")

    shell.enter("server recv", CLIENT_WAITS)
    assert shell.lines[shell.screen.cursor.y - 1] == "Hello"
    shell.enter("use server", SERVER_OWES)
    shell.enter("recv", SERVER_OWES)
    shell.enter('send "World, at last"', SERVER_WAITS)
    shell.enter("send World", SERVER_WAITS)
    shell.enter("use client", CLIENT_WAITS)
    shell.enter("recv", CLIENT_READY)
    assert shell.lines[shell.screen.cursor.y - 1] == '"World, at last"'

    shell.send(CTRL_D)
    assert shell.wait_exit() == 0


def test_ctrl_c_cancels_a_recv_that_waits_and_the_socket_lives(terminal, port):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter(f"bind rep {port} as server", SERVER_ALONE)
    shell.enter(f"connect req {port} as client", CLIENT_READY)
    shell.enter("use server", SERVER_WAITS)
    for _ in range(3):
        shell.enter("recv")
        shell.send(CTRL_C)
        shell.wait_prompt(SERVER_WAITS)
    shell.enter("client send Hello", SERVER_WAITS)
    shell.enter("recv", SERVER_OWES)
    assert shell.lines[shell.screen.cursor.y - 1] == "Hello"


@pytest.mark.parametrize("statement", [
    "recv", "sleep 1m", "loop { let x = 1 }", "repeat 1000000000 { let x = 1 }", "every 10ms { let x = 1 }",
    "within 1m recv",
])
def test_ctrl_c_cancels_every_statement(terminal, statement):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("bind pull inproc://nobody as idle")
    shell.wait_until(lambda: shell.line.startswith("idle"), "the prompt of idle")
    prompt = shell.line
    shell.enter(statement)
    shell.send(CTRL_C)
    shell.wait_prompt(prompt)
    shell.enter("print alive", prompt)
    assert shell.lines[shell.screen.cursor.y - 1] == "alive"


def test_ctrl_c_drops_a_typed_line_unrun(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("print first", NONE)
    shell.send("print never")
    shell.wait_prompt(NONE, "print never")
    shell.send(CTRL_C)
    shell.wait_prompt(NONE)
    shell.send(UP)
    shell.wait_prompt(NONE, "print first")
    shell.send(CTRL_U)
    shell.enter("print last", NONE)
    assert "never" not in shell.lines, "the dropped line did not run"


def test_ctrl_d_in_a_typed_line_does_not_leave(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.send("print ab")
    shell.wait_prompt(NONE, "print ab")
    shell.send(CTRL_D)
    shell.send(CTRL_A)
    shell.wait_prompt(NONE)
    shell.send(ENTER)
    shell.wait_for(re.compile(r"^ab$", re.MULTILINE))
    shell.wait_prompt(NONE)
    shell.send(CTRL_D)
    assert shell.wait_exit() == 0


def test_the_up_arrow_brings_back_what_was_typed(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    for word in ("one", "two", "three"):
        shell.enter(f"print {word}", NONE)
    for word in ("three", "two", "one"):
        shell.send(UP)
        shell.wait_prompt(NONE, f"print {word}")
    shell.send(ENTER)
    shell.wait_until(lambda: shell.lines.count("one") == 2, "one printed again")


def test_history_lives_on_in_the_next_session(terminal, folder):
    first = terminal()
    first.wait_prompt(NONE)
    first.enter('print "Grüße, Welt"', NONE)
    first.send(CTRL_D)
    assert first.wait_exit() == 0

    files = [path for path in (folder / "state").rglob("*") if path.is_file()]
    assert files and all(path.stat().st_mode & 0o077 == 0 for path in files), "for the user alone"

    second = terminal()
    second.wait_prompt(NONE)
    second.send(UP)
    second.wait_prompt(NONE, 'print "Grüße, Welt"')


def test_an_error_leaves_every_socket_alive(terminal, port):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter(f"bind rep {port} as server", SERVER_ALONE)
    for wrong in ("snd x", "connect req tcp://127.0.0.1:70000", "send", "set no_such_option 1", "send early",
                  f"bind rep {port}"):
        shell.enter(wrong)
        shell.wait_until(lambda: shell.line in (SERVER_ALONE, NONE), f"the prompt after {wrong!r}")
        assert "error" in shell.text
    shell.enter(f"connect req {port} as client", CLIENT_READY)
    shell.enter("send Hello", CLIENT_WAITS)
    shell.enter("server recv", CLIENT_WAITS)
    assert shell.lines[shell.screen.cursor.y - 1] == "Hello"


def test_an_unfinished_statement_goes_on_in_the_next_line(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter('print "first', "")
    shell.enter('second"', NONE)
    shell.wait_for("first\nsecond\n")
    shell.enter('print "never', "")
    shell.send(CTRL_C)
    shell.wait_prompt(NONE)


def test_bytes_of_a_peer_cannot_drive_the_terminal(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("bind pair inproc://x as one", "one no peer> ")
    shell.enter("connect pair inproc://x as two", "two 1 peer> ")
    shell.enter('one send "\\e[2J\\e]0;title\\a\\x9b31m"'.replace("\\a", "\\x07"), "two 1 peer> ")
    before = len(shell.raw)
    shell.enter("two recv")
    shell.wait_for(re.compile(r'^"\\e\[2J', re.MULTILINE))
    assert b"\x1b]0;title" not in shell.raw[before:] and b"\x1b[2J" not in shell.raw[before:]


@pytest.mark.parametrize("term", ["xterm", "xterm-256color", "vt100", "linux", "dumb"])
def test_the_shell_works_on_every_terminal(terminal, term):
    shell = terminal(term=term)
    shell.wait_until(lambda: shell.line.endswith(NONE), "the prompt")
    shell.enter("print Hello")
    shell.wait_for(re.compile(r"^Hello$", re.MULTILINE))
    # Typed before the prompt, it would end a line of the terminal's own, as in every shell.
    shell.wait_until(lambda: shell.line.endswith(NONE), "the next prompt")
    shell.send(CTRL_D)
    assert shell.wait_exit() == 0


def test_a_long_line_survives_a_smaller_window(terminal):
    shell = terminal(columns=80, rows=24)
    shell.wait_prompt(NONE)
    shell.send("print " + "x" * 100 + "end")
    shell.wait_until(lambda: shell.line.endswith("end"), "the typed line")
    shell.resize(60, 24)
    shell.send("ing" + ENTER)
    shell.wait_for(re.compile(r"x+\s?x*ending\n", re.MULTILINE))
    shell.wait_prompt(NONE)


def test_the_terminal_is_left_as_it_was_found(terminal):
    before = None
    shell = terminal("run", "-c", "print ready; sleep 1m")
    shell.wait_for("ready")
    before = shell.modes()
    shell.send(CTRL_C)
    assert shell.wait_exit() == 130
    assert shell.modes()[:4] == before[:4]
