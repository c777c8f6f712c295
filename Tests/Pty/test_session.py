"""A session at the prompt: statements that wait, blocks, pastes, signals, terminals that go, history."""

import re
import signal
import stat

import pytest
import zmq

from harness.program import LIMIT
from harness.terminal import (
    ALT_ENTER, BACKSPACE, CTRL_A, CTRL_BACKSLASH, CTRL_C, CTRL_D, CTRL_E, CTRL_U, CTRL_Z, DOWN, ENTER, UP,
    Terminal)

NONE = "zsh-mq> "
PASTE, PASTED = "\x1b[200~", "\x1b[201~"
COLOUR = re.compile(rb"\x1b\[[0-9;]*m")


def printed(shell, line):
    """Whether the row above the cursor's is this one: what the last statement printed."""
    return shell.lines[shell.screen.cursor.y - 1] == line


def history_file(folder):
    files = [path for path in (folder / "state").rglob("*") if path.is_file()]
    assert len(files) == 1, files
    return files[0]


# --- Ctrl-C


def test_ctrl_c_cancels_a_send_that_waits(terminal, port):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter(f"connect push {port} as out sndhwm=2", "out no peer> ")
    shell.enter("repeat 100 send x")
    shell.send(CTRL_C)
    shell.wait_prompt("out no peer> ")
    shell.enter(f"bind pull {port} as sink")
    shell.wait_until(lambda: shell.line.startswith("sink "), "the prompt of the sink")
    shell.enter("recv as first", "sink 1 peer> ")
    shell.enter("print $first", "sink 1 peer> ")
    assert printed(shell, "x")


@pytest.mark.parametrize("statement", [
    "wait nobody", "repeat 1000000000 print x", "loop { }", "fails any recv", "wait connected", "expect x",
    "repeat 3 every 1m { let x = 1 }",
])
def test_ctrl_c_cancels_statements_of_every_kind(terminal, statement):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("task nobody { sleep 1h }", "zsh-mq, 1 task> ")
    shell.enter("bind pull inproc://nobody as idle", "idle no peer, 1 task> ")
    shell.enter(statement)
    if "print" in statement:
        shell.wait_printed("x")
    shell.send(CTRL_C)
    shell.wait_prompt("idle no peer, 1 task> ")
    shell.enter("print alive", "idle no peer, 1 task> ")
    assert printed(shell, "alive")
    assert "error" not in shell.text


def test_ctrl_c_is_not_kept_for_the_next_statement(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    for count in (2, 3, 4):
        shell.send(CTRL_C)
        shell.wait_until(lambda: sum(line.startswith("zsh-mq>") for line in shell.lines) == count, "a new prompt")
    shell.enter("sleep 50ms; print done", NONE)
    assert printed(shell, "done")


# --- statements of several lines


def test_a_block_goes_on_over_lines(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    for line, indent in (
        ("repeat 2 {", "  "), ("print $i", "  "), ("if $i == 2 {", "    "), ("print two", "    "), ("}", "  ")
    ):
        shell.enter(line, indent)
    shell.send("}")
    shell.wait_until(lambda: shell.line == "}", "the brace at the depth of what it closes")
    shell.send(ENTER)
    shell.wait_for("1\n2\ntwo\n")
    shell.wait_prompt(NONE)


@pytest.mark.parametrize("lines, indents, printed_lines", [
    (["print 'a", "b'"], [""], "a"),
    (["print a \\", "b \\", "c"], ["  ", "  "], "a b c"),
    (['print {"a": [1,', "2]}"], ["    "], "{"),
    (["let x = (1 +", "2); print $x"], ["  "], "3"),
    (["try { print ${1 / 0} }", "catch { print caught }"], [""], "caught"),
])
def test_what_is_open_goes_on_in_the_next_line(terminal, lines, indents, printed_lines):
    shell = terminal()
    shell.wait_prompt(NONE)
    for line, indent in zip(lines, indents):
        shell.enter(line, indent)
    shell.enter(lines[-1], NONE)
    assert any(line.startswith(printed_lines) for line in shell.lines), shell.dump()


def test_a_block_that_was_left_runs_nothing(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("repeat 2 {", "  ")
    shell.enter("print never", "  ")
    shell.send(CTRL_C)
    shell.wait_prompt(NONE)
    shell.enter("print after", NONE)
    assert "never" not in shell.lines


def test_the_end_of_input_leaves_no_statement_that_is_open(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("repeat 2 {", "  ")
    shell.send(CTRL_D)
    shell.enter("print $i }", NONE)
    shell.wait_for("1\n2\n")


def test_an_error_in_a_block_names_its_line(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("repeat 2 {", "  ")
    shell.enter("snd Hello", "  ")
    shell.enter("}", NONE)
    shell.wait_for("error: unknown command 'snd'")
    shell.wait_for(re.compile(r"\|   snd Hello\n +\|   \^\^\^ did you mean 'send'\?"))


def test_a_block_comes_back_from_the_history_whole(terminal, folder):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("repeat 2 {", "  ")
    shell.enter("print one", "  ")
    shell.enter("}", NONE)
    assert history_file(folder).read_text() == "repeat 2 {\\n  print one\\n}\n"
    shell.send(UP)
    shell.wait_until(lambda: shell.line == "}", "the block")
    shell.send(ENTER)
    shell.wait_until(lambda: shell.lines.count("one") == 4, "the block ran again")
    shell.wait_prompt(NONE)


def test_a_statement_is_edited_over_its_lines(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("repeat 2 {", "  ")
    shell.enter("print one", "  ")
    shell.enter("}", NONE)
    # To the line of the print, its end, another word there; down again, and Enter anywhere runs the whole.
    shell.send(UP)
    shell.wait_until(lambda: shell.line == "}", "the block")
    shell.send(UP + CTRL_E + " two")
    shell.wait_until(lambda: shell.line == "  print one two", "the word in the middle line")
    shell.send(DOWN)
    shell.wait_until(lambda: shell.line == "}", "the last line")
    shell.send(UP + CTRL_A)
    shell.wait_until(lambda: shell.line == "" and shell.whole_line == "  print one two", "the line's start")
    shell.send(ENTER)
    shell.wait_until(lambda: shell.lines.count("one two") == 2, "the changed block ran")
    shell.wait_prompt(NONE)
    # A newline between lines by Alt-Enter, which runs nothing.
    shell.send(UP + UP + CTRL_E + ALT_ENTER + "print three")
    shell.wait_until(lambda: shell.line == "  print three", "the new line")
    shell.send(ENTER)
    shell.wait_for("one two\nthree\none two\nthree\n")


# --- pastes


def test_a_paste_of_several_lines_waits_for_return(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.send(f"{PASTE}print one\nprint two\nprint three{PASTED}")
    shell.wait_until(lambda: shell.line.endswith("print three"), "the pasted text")
    assert not {"one", "two"} & set(shell.lines), "nothing has run"
    shell.send(ENTER)
    shell.wait_for("one\ntwo\nthree\n")
    shell.wait_prompt(NONE)


def test_a_pasted_block_runs_as_one(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.send(f"{PASTE}repeat 2 {{\r  print $i\r}}{PASTED}")
    shell.wait_until(lambda: shell.line.endswith("}"), "the pasted text")
    shell.send(ENTER)
    shell.wait_for("1\n2\n")
    shell.wait_prompt(NONE)


def test_a_paste_can_be_dropped(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.send(f"{PASTE}print never\nprint never{PASTED}")
    shell.wait_until(lambda: shell.line.endswith("print never"), "the pasted text")
    shell.send(CTRL_C)
    shell.wait_until(lambda: shell.whole_line == NONE.rstrip(), "the empty prompt")
    shell.enter("print after", NONE)
    assert "never" not in shell.lines


# --- words and states


def test_an_unknown_word_is_answered_with_a_suggestion(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("snd Hello", NONE)
    shell.wait_for("error: unknown command 'snd'")
    shell.wait_for(re.compile(r"\| \^\^\^ did you mean 'send'\?"))
    shell.enter("xyzzy", NONE)
    shell.wait_for("`help` lists the commands")


def test_the_prompt_tells_what_a_rep_can_do(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("bind rep inproc://a as server", "server awaiting request, no peer> ")
    shell.enter("connect req inproc://a as client", "client ready, 1 peer> ")
    shell.enter("use server", "server awaiting request, 1 peer> ")
    for number in range(3):
        shell.enter("send early", "server awaiting request, 1 peer> ")
        shell.enter(f"client send Hello{number}", "server awaiting request, 1 peer> ")
        shell.enter("recv", "server owes reply, 1 peer> ")
        shell.enter("recv", "server owes reply, 1 peer> ")
        shell.enter("send World", "server awaiting request, 1 peer> ")
        shell.enter("client recv", "server awaiting request, 1 peer> ")
    shell.enter("client send again", "server awaiting request, 1 peer> ")
    shell.enter("recv", "server owes reply, 1 peer> ")
    shell.enter("reset", "server awaiting request, no peer> ")
    shell.enter("close", "client awaiting reply, no peer> ")
    shell.enter("close", NONE)


def test_the_prompt_tells_the_peers_of_the_others(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("socket pull as sink", "sink no endpoint> ")
    shell.enter("bind sink inproc://a", "sink no peer> ")
    shell.enter("connect push inproc://a as out", "out 1 peer> ")
    shell.enter("connect push inproc://a as more", "more 1 peer> ")
    shell.enter("use sink", "sink 2 peers> ")
    shell.enter("close out more", "sink no peer> ")


def test_a_message_for_nobody_is_told(terminal, port):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("bind pub inproc://news as news", "news no peer> ")
    shell.enter("send weather", "news no peer> ")
    shell.wait_for("dropped: no subscriber")
    shell.enter(f"connect push {port} as out", "out no peer> ")
    shell.wait_for(f"note: tcp://127.0.0.1:{port}: nobody listens there; it goes on trying by itself")
    shell.enter("send Hello", "out no peer> ")
    shell.wait_for("queued: no peer yet")


def test_several_bare_words_are_explained_once(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("bind pair inproc://a as one", "one no peer> ")
    shell.enter("connect pair inproc://a as two", "two 1 peer> ")
    shell.enter("send Hello World", "two 1 peer> ")
    shell.wait_for("each word was sent as a frame of its own: 2 frames")
    shell.enter("send Hello again", "two 1 peer> ")
    assert shell.text.count("a frame of its own") == 1
    shell.enter("one recv", "two 1 peer> ")
    assert shell.text.splitlines()[-3:-1] == ["1  Hello", "2  World"]


def test_a_task_that_fails_is_told_and_the_shell_goes_on(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("task worker { let x = 1 / 0 }")
    shell.wait_for("error: division by zero")
    shell.wait_for("in the task 'worker'")
    # The report stands where the prompt was, or above it.
    shell.send(ENTER)
    shell.wait_prompt(NONE)
    shell.enter("tasks", NONE)
    shell.wait_for(re.compile(r"worker +failed \(3\)"))
    shell.enter("print alive", NONE)
    assert printed(shell, "alive")


# --- leaving


def test_exit_gives_its_status(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("exit 7")
    assert shell.wait_exit() == 7


@pytest.mark.parametrize("number, code", [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
@pytest.mark.parametrize("busy", ["", "sleep 1h", "loop { let x = 1 }"])
def test_a_signal_ends_the_shell_and_the_history_is_kept(terminal, folder, number, code, busy):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("print remembered", NONE)
    shell.send("half a li")
    shell.wait_prompt(NONE, "half a li")
    if busy:
        shell.send(CTRL_U)
        shell.enter("print busy; sleep 1ms; " + busy)
        shell.wait_printed("busy")
    shell.signal(number)
    assert shell.wait_exit() == code
    lines = history_file(folder).read_text().splitlines()
    assert "print remembered" in lines and not any("half a li" in line for line in lines)


def test_sigint_at_the_prompt_only_drops_the_line(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.send("print never")
    shell.wait_prompt(NONE, "print never")
    shell.signal(signal.SIGINT)
    shell.wait_prompt(NONE)
    shell.enter("print alive", NONE)
    assert printed(shell, "alive")


@pytest.mark.parametrize("busy", ["", "recv", "loop { let x = 1 }", "every 1ms print x"])
def test_a_terminal_that_vanishes_ends_the_shell(terminal, folder, busy):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("bind pull inproc://nobody as idle", "idle no peer> ")
    shell.enter("print remembered", "idle no peer> ")
    if busy:
        shell.enter("print busy; sleep 1ms; " + busy)
        shell.wait_printed("busy")
    shell.vanish()
    assert shell.process.wait(LIMIT) in (129, 141)
    lines = history_file(folder).read_text().splitlines()
    assert "print remembered" in lines and all(lines), "the file is whole"


def test_the_terminal_is_as_it_was_before_the_shell(terminal, spawn):
    shell = terminal("run", "-c", "print ready; sleep 1h")
    shell.wait_for("ready")
    untouched = shell.modes()
    for leave in (lambda shell: shell.send(CTRL_D), lambda shell: shell.signal(signal.SIGTERM)):
        shell = terminal()
        shell.wait_prompt(NONE)
        leave(shell)
        shell.wait_exit()
        assert shell.modes()[:4] == untouched[:4]


# --- history


def test_two_shells_at_once_lose_no_history(terminal, folder):
    one, two = terminal(), terminal()
    for shell in (one, two):
        shell.wait_prompt(NONE)
    for number in range(5):
        one.enter(f"print one{number}", NONE)
        two.enter(f"print two{number}", NONE)
    for shell in (one, two):
        shell.send(CTRL_D)
        assert shell.wait_exit() == 0
    lines = set(history_file(folder).read_text().splitlines())
    assert {f"print {name}{number}" for name in ("one", "two") for number in range(5)} <= lines
    assert stat.S_IMODE(history_file(folder).stat().st_mode) == 0o600


def test_a_state_folder_that_cannot_be_written_is_told_once(terminal, folder):
    # A file stands where the folder should be: that stops root, too.
    (folder / "state").write_text("in the way")
    shell = terminal()
    shell.wait_prompt(NONE)
    for word in ("one", "two"):
        shell.enter(f"print {word}", NONE)
        assert printed(shell, word)
    assert shell.text.count("the history is not kept") == 1
    shell.send(UP)
    shell.wait_prompt(NONE, "print two")
    shell.send(CTRL_C)
    shell.wait_prompt(NONE)
    shell.send(CTRL_D)
    assert shell.wait_exit() == 0
    assert (folder / "state").read_text() == "in the way"


def test_a_history_file_of_garbage_does_no_harm(terminal, folder):
    first = terminal()
    first.wait_prompt(NONE)
    first.enter("print first", NONE)
    first.send(CTRL_D)
    assert first.wait_exit() == 0
    path = history_file(folder)
    path.write_bytes(path.read_bytes() + bytes(range(256)) + b"\n\n\xff\xfe\nprint last\nwithout an end")
    second = terminal()
    second.wait_prompt(NONE)
    second.wait_for(re.compile(r"a part of the history is lost: .*line 2 is\s+not text"))
    for line in ("without an end", "print last", "print first"):
        second.send(UP)
        second.wait_prompt(NONE, line)
    second.send(CTRL_U)
    second.wait_prompt(NONE)
    second.enter("print alive", NONE)
    assert printed(second, "alive")


def test_a_secret_is_recalled_and_not_stored(terminal, folder):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("socket req plain_password=tell as c", "c ready, no peer> ")
    shell.enter("let password = 'tell'", "c ready, no peer> ")
    shell.enter(" print hidden", "c ready, no peer> ")
    shell.send(UP)
    shell.wait_prompt("c ready, no peer> ", " print hidden")
    shell.send(UP)
    shell.wait_prompt("c ready, no peer> ", "let password = 'tell'")
    shell.send(UP)
    shell.wait_prompt("c ready, no peer> ", "socket req plain_password=tell as c")
    assert history_file(folder).read_text() == "socket req plain_password=*** as c\nlet password = ***\n"


# --- terminals


def colours(shell):
    shell.wait_until(lambda: shell.line.endswith(NONE), "the prompt")
    shell.enter("snd Hello")
    shell.wait_for("did you mean 'send'?")
    shell.wait_until(lambda: shell.line.endswith(NONE), "the prompt again")
    shell.enter("bind rep inproc://a as server")
    shell.wait_until(lambda: shell.line.endswith("server awaiting request, no peer> "), "the prompt of the server")
    return COLOUR.findall(bytes(shell.raw))


def test_a_terminal_is_coloured(terminal):
    assert colours(terminal(term="xterm-256color"))


@pytest.mark.parametrize("setting", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_where_none_is_wanted(terminal, setting):
    assert not colours(terminal(term="xterm-256color", env=setting))


def test_an_empty_no_color_is_no_wish(terminal):
    assert colours(terminal(term="xterm-256color", env={"NO_COLOR": ""}))


def test_the_prompt_of_a_dumb_terminal_stays_while_a_line_is_typed(terminal, port):
    # It changes with the first peer; drawn amid the line it would hide what was typed.
    shell = terminal(term="dumb")
    shell.wait_prompt(NONE)
    shell.enter("monitor off", NONE)
    shell.enter(f"bind rep {port} as server", "server awaiting request, no peer> ")
    shell.enter("repeat 1 {")
    with zmq.Context() as context, context.socket(zmq.REQ) as peer:
        peer.linger = 0
        events = peer.get_monitor_socket(zmq.EVENT_HANDSHAKE_SUCCEEDED)
        peer.connect(f"tcp://127.0.0.1:{port}")
        events.recv_multipart()
        peer.disable_monitor()
        shell.send("print 1 peer")
        shell.wait_until(lambda: shell.line.endswith("print 1 peer"), "what was typed")
        shell.send(ENTER + "}" + ENTER)
        shell.wait_prompt("server awaiting request, 1 peer> ")
    assert shell.raw.count(b"server awaiting request") == 2 and "\n1 peer\n" in shell.text


def test_a_dumb_terminal_is_sent_no_escape(terminal):
    shell = terminal(term="dumb")
    shell.wait_until(lambda: shell.line.endswith(NONE), "the prompt")
    shell.enter("print Hello")
    shell.wait_for(re.compile(r"^Hello$", re.MULTILINE))
    assert b"\x1b" not in bytes(shell.raw)


def test_twenty_columns_are_enough(terminal):
    shell = terminal(columns=20, rows=12)
    shell.wait_prompt(NONE)
    shell.send('print "a text of more than twenty columns"')
    shell.wait_until(lambda: shell.line.endswith('columns"'), "the typed text")
    assert "".join(shell.lines).replace("\n", "").count("of more than twenty") == 1
    shell.send(CTRL_A)
    shell.wait_prompt(NONE)
    shell.send(ENTER)
    shell.wait_for("a text of more than\ntwenty columns")
    shell.wait_prompt(NONE)
    shell.enter("snd x")
    shell.wait_for("error: unknown comma")
    shell.wait_prompt(NONE)
    # The socket's name and its state take more than half of the width.
    shell.send("bind rep inproc://a" + ENTER)
    shell.wait_prompt("rep1> ")
    shell.send("print x" + ENTER)
    shell.wait_for("\nx\n")


# --- keys that stop the program


@pytest.fixture
def job(binary, folder, environment):
    """A shell with job control, in which zsh-mq runs."""
    shell = Terminal(
        ("bash", "--norc", "--noprofile", "-i"), columns=100, rows=30, cwd=folder,
        env={**environment, "TERM": "xterm", "PS1": "sh> ", "PATH": f"{binary.parent}:{environment['PATH']}"})
    shell.wait_prompt("sh> ")
    shell.enter("zsh-mq", NONE)
    yield shell
    shell.end()


def test_ctrl_z_stops_the_program_and_it_goes_on_with_the_line(job):
    job.send("repeat 2 {" + ENTER + "print one")
    job.wait_until(lambda: job.line == "  print one", "the second line")
    for count in (1, 2):
        job.send(CTRL_Z)
        job.wait_prompt("sh> ")
        assert job.text.count("Stopped") == count
        job.enter("stty -a | tr ';' '\\n' | grep -ow -- '-*icanon'", "sh> ")
        assert printed(job, "icanon"), "the terminal is as it was"
        job.enter("fg")
        job.wait_until(lambda: job.line == "  print one" and job.text.count("repeat 2 {") == 1 + count, "the line")
    job.enter(" }", NONE)
    assert printed(job, "one")


def test_ctrl_z_stops_a_running_statement(job):
    job.enter("print busy; every 10ms print tick")
    job.wait_printed("busy")
    job.send(CTRL_Z)
    job.wait_prompt("sh> ")
    stopped = len(job.raw)
    job.enter("fg")
    job.wait_printed(re.compile(rb"zsh-mq\r\ntick\r\n"), since=stopped)
    job.send(CTRL_C)
    job.wait_prompt(NONE)


def test_who_has_no_job_control_is_not_stopped(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.send("print one")
    shell.wait_prompt(NONE, "print one")
    # The terminal drops what was typed before such a key and not read yet.
    shell.send(CTRL_Z)
    shell.send(" two")
    shell.wait_until(lambda: shell.line == NONE + "print one two", "the line to go on")
    shell.send(ENTER)
    shell.wait_for(re.compile("^one two$", re.MULTILINE))


def test_ctrl_backslash_at_the_prompt_is_nothing(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.send("print one")
    shell.wait_prompt(NONE, "print one")
    shell.send(CTRL_BACKSLASH)
    shell.enter(" two", NONE)
    assert printed(shell, "one two")


def test_ctrl_backslash_ends_a_program_that_runs_and_keeps_its_history(terminal, folder):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("print busy; sleep 1h")
    shell.wait_printed("busy")
    shell.send(CTRL_BACKSLASH)
    assert shell.wait_exit() == -signal.SIGQUIT
    assert history_file(folder).read_text() == "print busy; sleep 1h\n"


# --- large pastes


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_paste_taller_than_the_screen_is_one_label_and_runs_whole(terminal, end):
    shell = terminal(rows=12)
    shell.wait_prompt(NONE)
    lines = ["let x = 0", *["let x = $x + 1"] * 998, "print \x1b[31m'sum\t' $x\x07"]
    shell.send(PASTE + end.join(lines) + end + PASTED)
    shell.wait_prompt(NONE, "[pasted 1: 1000 lines]")
    shell.enter("; print after", NONE)
    shell.wait_for(re.compile(r"^sum +998\nafter$", re.MULTILINE))
    shell.send(UP)
    shell.wait_prompt(NONE, "[recalled 1: 1000 lines]")
    shell.send(BACKSPACE)
    shell.wait_prompt(NONE)


# --- what the arrow keys find


def test_the_arrows_find_what_begins_with_the_typed_text(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    for line in ("print one", "let x = 1", "print two", "let y = 2"):
        shell.enter(line, NONE)
    shell.send("pr")
    for key, line in ((UP, "print two"), (UP, "print one"), (UP, "print one"), (DOWN, "print two"), (DOWN, "pr")):
        shell.send(key)
        shell.wait_prompt(NONE, line)
    shell.send(CTRL_U + UP)
    shell.wait_prompt(NONE, "let y = 2")


@pytest.mark.parametrize("escape", ["", "\x1b"])
def test_a_block_is_typed_with_the_keys_of_vi(terminal, folder, escape):
    (folder / ".editrc").write_text("zsh-mq:bind -v\n")
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.send("repeat 2 {" + escape)
    shell.wait_until(lambda: shell.whole_line == NONE + "repeat 2 {", "the first line")
    shell.send(ENTER)
    shell.wait_until(lambda: shell.whole_line in ("", "  } ends it, Ctrl-C drops it"), "the second line")
    shell.send(("a" if escape else "") + "print $i }" + ENTER)
    shell.wait_for("\n1\n2\n")


def test_ctrl_c_is_seen_whatever_the_terminal_forgets_with_it(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    for count in range(50):
        seen = len(shell.raw)
        # The terminal empties its queue with the key that stops: what is to be read next may be gone.
        shell.send("abc")
        shell.send(CTRL_C)
        shell.wait_until(lambda: b"^C" in shell.raw[seen:] and shell.line == NONE, f"the prompt, {count}")
