"""How messages, tables and help look at a terminal; what goes elsewhere stays data."""

import re

import pytest

from harness.screens import TERMS
from harness.terminal import CTRL_C, ENTER

ONE = pytest.mark.screens(columns=(80,), terms=TERMS[:1], locales=("C.UTF-8",))
TOOK = re.compile(rb"took (?:[6-9]\d\d ms|\d+(?:\.\d)? s)")
# A pager that takes no notice of Ctrl-C, as less does, and ends with a line that is typed to it.
PAGER = "trap '' INT; sed 's/^/| /' | tail -n 12; read -r line </dev/tty; echo left"


def test_frames_are_numbered_and_the_envelope_is_named(shell):
    shell.ready()
    shell.run("bind router inproc://r as broker")
    shell.run("connect req inproc://r as client routing_id=me")
    shell.run("send Hello hex:00ff")
    shell.run("broker recv")
    shell.screen_is("envelope", colours=True)


def test_json_is_indented_and_coloured(shell):
    shell.ready()
    shell.run("bind pair inproc://j as one")
    shell.run("connect pair inproc://j as two")
    shell.run("one send {\"id\":1}")
    shell.run("recv")
    words = ", ".join(f'"{number}00 words"' for number in range(8))
    shell.run('one send {"id": -1.5e3, "of": [' + words + '], "is": {"it": true, "that": null}, "at": "a:b"}')
    shell.run("recv")
    shell.screen_is("json", colours=True)


def test_what_is_long_is_shortened_and_says_so(shell):
    shell.ready()
    shell.run("bind pair inproc://l as one")
    shell.run("connect pair inproc://l as two")
    numbers = ", ".join(str(number) for number in range(100, 160))
    shell.run(f"one send [{numbers}]")
    shell.run("recv")
    shell.screen_is("json")
    shell.run("one send zeros:300000")
    shell.run("recv")
    shell.see("(300000 bytes)")


@ONE
def test_what_goes_elsewhere_is_data(shell, folder):
    shell.ready()
    shell.run("bind router inproc://d as broker")
    shell.run("connect req inproc://d as client routing_id=me")
    shell.run('send {"id": 1}')
    shell.run("broker recv > message.txt")
    assert (folder / "message.txt").read_text() == """me "" '{"id": 1}'\n"""
    shell.run("sockets > sockets.txt")
    assert "\x1b" not in (folder / "sockets.txt").read_text()
    assert len((folder / "sockets.txt").read_text().splitlines()) == 3


@pytest.mark.screens(env={"PAGER": "cat"})
def test_tables_fit_the_terminal(shell):
    shell.ready()
    shell.run("bind pub inproc://one inproc://two inproc://three as news")
    shell.run("connect sub inproc://one as reader")
    shell.run("sockets")
    shell.run("help serve")
    shell.screen_is("tables")


@pytest.mark.screens(terms=TERMS[:-1], env={"PAGER": PAGER})
def test_what_is_longer_than_the_screen_goes_to_the_pager(shell):
    shell.ready()
    shell.run("task worker { every 5ms print tick }")
    shell.see("worker: tick")
    shell.run("help", ending=None)
    shell.see("| ")
    # Ctrl-C is the pager's own, and what tasks print waits.
    shell.send(CTRL_C)
    shell.send(ENTER)
    shell.wait_printed("left")
    shell.ready()
    shell.run("stop worker")
    shell.run("print alive")
    shell.see("alive")
    text = shell.scrollback
    paged = text[text.index("| ") : text.index("left")]
    assert "tick" not in paged
    assert "worker: tick" in text[text.index("left") :]


@pytest.mark.screens(columns=(80,), terms=TERMS[:1], locales=("C.UTF-8",), env={"PAGER": "no-such-pager -x"})
def test_without_its_pager_all_is_printed(shell):
    shell.ready()
    shell.run("help")
    shell.wait_until(lambda: "Commands:" in shell.scrollback, "the first line")
    shell.see("Socket types:")


@ONE
def test_a_line_that_took_its_time_says_so(shell):
    shell.ready()
    shell.run("sleep 600ms")
    # The screens of tests leave it out.
    assert len(TOOK.findall(shell.raw)) == 1
    shell.run("sleep 1h", ending=None)
    shell.send(CTRL_C)
    shell.ready()
    assert len(TOOK.findall(shell.raw)) == 1, "what Ctrl-C ended is no news"
