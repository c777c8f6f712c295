"""What comes while a line is typed stands above it, and the line stays as it was."""

import pytest
import zmq

from harness import program
from harness.screens import TERMS
from harness.terminal import CTRL_A, CTRL_R, CTRL_U, ENTER, ESCAPE, LEFT

ONE = pytest.mark.screens(columns=(80,), terms=TERMS[:1], locales=("C.UTF-8",))
# On a dumb terminal lines are drawn below each other, and a long one whenever there is no key to read.
MOVES = pytest.mark.screens(terms=TERMS[:-1])


@pytest.fixture
def environment(folder):
    """A user who wants to hear nothing of connections: what tasks print is alone above the line."""
    settings = folder / "config" / "zsh-mq"
    settings.mkdir(parents=True)
    (settings / "rc.zs").write_text("monitor off\n")
    return program.environment(folder)


@pytest.fixture
def printer(shell, port):
    """Lets a task of the shell print a text, from outside and whenever the test wants it to."""
    context = zmq.Context()
    socket = context.socket(zmq.PUSH)
    socket.bind(f"tcp://127.0.0.1:{port}")
    shell.hide(port, "PORT1")
    shell.ready()
    shell.run(f"task worker {{ connect pull {port}; loop {{ recv as text; print $text }} }}")
    yield lambda *texts: [socket.send_string(text) for text in texts]
    context.destroy(linger=0)


@MOVES
def test_task_output_stands_above_a_line_that_wraps(shell, printer):
    shell.type("print " + "a long line " * 8 + "end")
    printer("first", "second")
    shell.see("worker: second")
    shell.screen_is("above")
    shell.send(CTRL_A)
    shell.type("X")
    printer("third, with the cursor at the start")
    shell.see("at the start")
    shell.type("Y")
    shell.screen_is("cursor-at-start")


@MOVES
def test_task_output_stands_above_wide_characters(shell, printer):
    shell.type("print 日本語日本語日本語日本語 qtq 日本語日本語日本語日本語日本語日本語 end")
    shell.send(LEFT * 6)
    printer("日本語")
    shell.see("worker: 日")
    shell.type("x")
    shell.screen_is("in-the-middle")


@MOVES
def test_task_output_stands_above_combining_marks(shell, printer):
    # Older libedits leave the marks out where they draw a line anew; the line has them, and the cursor is right.
    shell.type("print q\u0301tq\u0301 end")
    shell.send(LEFT * 4)
    printer("above")
    shell.see("worker: above")
    shell.send("x" + ENTER)
    shell.see("q\u0301tq\u0301x end")


@MOVES
def test_task_output_spares_a_search(shell, printer):
    shell.run("print one")
    shell.run("print two")
    shell.send(CTRL_R)
    shell.see("bck:")
    shell.send("on")
    shell.see("bck:on")
    printer("while searching")
    shell.see("while searching")
    shell.send("e")
    shell.see("bck:one")
    shell.send(ENTER)
    shell.wait_until(lambda: "".join(shell.lines).count("one") == 4, "the found line ran")
    shell.ready()
    shell.screen_is("after")


@MOVES
def test_task_output_spares_a_pending_escape(shell, printer):
    shell.type("print one two")
    shell.send(ESCAPE)
    printer("between escape and key")
    shell.see("and key")
    shell.send("b")
    shell.type("x")
    shell.screen_is("a-word-back")


@pytest.mark.screens(terms=TERMS[:-1], columns=(80, 200))
def test_a_resize_between_two_prints_harms_nothing(shell, printer):
    shell.type("print short")
    printer("before")
    shell.see("worker: before")
    shell.resize(shell.variant.columns - 4, 24)
    printer("after")
    shell.see("worker: after")
    shell.type("er")
    shell.screen_is("resized")


@ONE
def test_a_burst_is_shown_whole_and_in_order(shell, printer):
    shell.type("print my own line")
    printer(*(f"line {number}" for number in range(10_000)))
    shell.see("worker: line 9999")
    # All of it went by, each line once and none in another's midst.
    text = bytes(shell.raw).decode()
    places = [text.index(f"worker: line {number}\r\n") for number in range(10_000)]
    assert places == sorted(places)
    assert text.count("worker: line ") == 10_000
    # The line was drawn a few times, and not once for each that came.
    assert text.count("my own line") < 2_000
    shell.type(" still")
    shell.send(CTRL_U)
    shell.run("print alive")


@ONE
def test_a_task_that_floods_is_slowed_and_keys_are_not(shell):
    shell.ready()
    shell.type('task flood { loop { print "0123456789012345678901234567890123456789" } }')
    # From here on the bytes are read and not drawn, as fast as a real terminal does: pyte would be the slow one.
    shell.stream.feed = lambda data: None
    shell.send(ENTER)
    shell.wait_until(lambda: b"flood: 0123" in shell.raw, "the flood")
    shell.send("stop flood" + ENTER)
    shell.wait_until(lambda: shell.raw.rstrip().endswith(b"mq\x1b[0m>"), "the prompt without a task")
    shell.send("print alive" + ENTER)
    shell.wait_until(lambda: b"lalive\r\n" in shell.raw, "the shell goes on")
    assert b"unknown" not in shell.raw, "the line was typed whole, for all that came in between"
