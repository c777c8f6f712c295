"""A person who waits for a message is told why none comes, and what to type: typing that is the cure."""

import pytest
import zmq

from harness.terminal import CTRL_C


@pytest.fixture
def context():
    context = zmq.Context()
    yield context
    context.destroy(linger=0)


@pytest.fixture
def prompt(terminal):
    """A prompt wide enough for each note to be one row."""
    shell = terminal(columns=200, rows=50)
    shell.wait_prompt("zsh-mq> ")
    return shell


def wait_in_vain(shell, note):
    """Waits for a message until the shell says why none comes, gives up, and gives what else it said."""
    shell.enter("recv")
    shell.wait_for(note)
    shell.wait_for("= help: Ctrl-C ends the wait")
    shell.send(CTRL_C)
    shell.wait_until(lambda: shell.line.endswith("> "), "the prompt")
    return shell.text


def test_a_server_that_does_not_answer_is_named(prompt, context, port):
    server = context.socket(zmq.REP)
    server.bind(f"tcp://127.0.0.1:{port}")
    prompt.enter(f"connect req {port} as client", "client ready, 1 peer> ")
    prompt.enter("send Hello", "client awaiting reply, 1 peer> ")
    text = wait_in_vain(prompt, 'note: no reply yet: "Hello" was sent ')
    assert f"ago to 1 peer, 127.0.0.1:{port}, which is there and does not answer" in text
    assert "then `client reset` drops the request" in text
    prompt.enter("client reset", "client ready, 1 peer> ")
    prompt.enter("send Hello", "client awaiting reply, 1 peer> ")
    # The request that was dropped had come all the same.
    for _ in range(2):
        assert server.recv() == b"Hello"
        server.send(b"World")
    prompt.enter("recv", "client ready, 1 peer> ")
    assert "\nWorld\n" in prompt.text


def test_a_prefix_that_nothing_has_is_told_with_who_publishes(prompt, context, port):
    news = context.socket(zmq.XPUB)
    news.bind(f"tcp://127.0.0.1:{port}")
    prompt.enter(f"connect sub {port} as reader subscribe=sport subscribe=art", "reader 1 peer> ")
    text = wait_in_vain(prompt, 'note: nothing that begins with "sport" or "art" came for 3 s; 1 peer is there, ')
    assert f"127.0.0.1:{port}" in text and "then `reader subscribe ''` asks for all that is published" in text
    prompt.enter("reader subscribe ''", "reader 1 peer> ")
    while news.recv() != b"\x01":
        pass
    news.send(b"weather")
    prompt.enter("recv", "reader 1 peer> ")
    assert "\nweather\n" in prompt.text


def test_sockets_of_the_same_prompt_do_nothing_while_one_waits(prompt, port):
    prompt.enter(f"bind rep {port}", "rep1 awaiting request, no peer> ")
    prompt.enter(f"connect req {port}", "req1 ready, 1 peer> ")
    prompt.enter("send Hello", "req1 awaiting reply, 1 peer> ")
    text = wait_in_vain(
        prompt, "note: the peer of 'req1' is your socket 'rep1', which does nothing while this waits")
    assert "then `rep1 recv` and `rep1 send World`" in text
    for statement in ("rep1 recv", "rep1 send World"):
        prompt.enter(statement, "req1 awaiting reply, 1 peer> ")
    prompt.enter("recv", "req1 ready, 1 peer> ")
    assert "\nWorld\n" in prompt.text
    prompt.enter("use rep1", "rep1 awaiting request, 1 peer> ")
    assert "then `req1 send Hello`" in wait_in_vain(prompt, "is your socket 'req1', which does nothing")


@pytest.mark.parametrize("cured", ["router", "rep"])
def test_who_is_asked_first_waits_for_the_question(prompt, port, cured):
    prompt.enter(f"bind {cured} {port} as server")
    prompt.enter(f"connect dealer {port} as asker", "asker 1 peer> ")
    assert "then `asker send Hello`: it is asked first" in wait_in_vain(prompt, "is your socket 'server'")


def test_it_is_told_once_a_statement(prompt, context, port):
    source = context.socket(zmq.PUSH)
    source.bind(f"tcp://127.0.0.1:{port}")
    prompt.enter(f"connect pull {port} as sink", "sink 1 peer> ")
    prompt.enter("loop { recv }")
    prompt.wait_for(f"note: no message came for 3 s; 1 peer is there, 127.0.0.1:{port}")
    source.send(b"one")
    prompt.wait_for("one")
    prompt.send(CTRL_C)
    prompt.wait_prompt("sink 1 peer> ")
    # The limit is longer than the patience, and one of two waits in it is told of.
    prompt.enter("within 7s { try { within 3500ms recv } catch { }; try { recv } catch { } }", "sink 1 peer> ")
    assert prompt.text.count("note: no message came") == 2
    assert "; the last one came " in prompt.text


def test_a_wait_with_a_short_limit_is_not_told_of(prompt, port):
    prompt.enter(f"bind pull {port} as sink", "sink no peer> ")
    prompt.enter("within 250ms fails timeout recv", "sink no peer> ")
    assert "note: no peer" not in prompt.text


def test_what_was_connected_to_the_wrong_type_says_what_to_connect(prompt, context, port):
    news = context.socket(zmq.PUB)
    news.bind(f"tcp://127.0.0.1:{port}")
    cure = f"connect sub tcp://127.0.0.1:{port} subscribe=''"
    prompt.enter(f"connect req {port}", "req1 ready, no peer> ")
    prompt.wait_for("it is a PUB, and a REQ talks to REP or ROUTER alone")
    assert f"= help: `{cure}` talks to it" in prompt.text
    # Which side closes first decides whether libzmq tries again: then the request is queued, and refused otherwise.
    prompt.enter("send Hello")
    prompt.wait_until(lambda: prompt.text.count(f"= help: `{cure}` talks to it") == 2, "the cure once more")
    prompt.wait_until(lambda: prompt.line.endswith(", no peer> "), "the prompt")
    prompt.enter(cure, "sub1 1 peer> ")
    prompt.enter("recv")
    prompt.wait_for("note: no message came for 3 s; 1 peer is there")
    news.send(b"rain")
    prompt.wait_prompt("sub1 1 peer> ")
    assert "\nrain\n" in prompt.text


def test_what_is_queued_says_why(prompt, port):
    prompt.enter(f"connect dealer {port} as out", "out no peer> ")
    prompt.enter("send Hello", "out no peer> ")
    assert f"note: queued: no peer yet\n   = note: tcp://127.0.0.1:{port}: nobody listens there" in prompt.text


def test_a_loss_while_one_waits_is_told_before_what_follows_it(prompt, context, port):
    server = context.socket(zmq.REP)
    server.bind(f"tcp://127.0.0.1:{port}")
    prompt.enter(f"connect req {port} as client", "client ready, 1 peer> ")
    prompt.enter("send Hello", "client awaiting reply, 1 peer> ")
    prompt.enter("recv")
    assert server.recv() == b"Hello"
    server.close(linger=0)
    prompt.wait_for("nobody listens there")
    rows = prompt.text
    assert rows.index("'client' lost its connection") < rows.index("nobody listens there")
    assert "= help: Ctrl-C ends the wait; then `client reset` starts over" in rows


def test_a_wait_for_peers_or_subscribers_says_what_there_is(prompt, port):
    prompt.enter(f"connect pub {port} as news", "news no peer> ")
    for statement, so_far in [
        ("wait connected", "has no peer"), ("wait subscribed sport 2", "has no subscriber to \"sport\""),
    ]:
        prompt.enter(statement)
        prompt.wait_for(f"note: still waiting: 'news' {so_far}\n   = note: tcp://127.0.0.1:{port}: nobody listens there")
        prompt.send(CTRL_C)
        prompt.wait_prompt("news no peer> ")
