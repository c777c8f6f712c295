"""What happens to connections is told above the line: who, why, what to type."""

import re
import socket

import pytest
import zmq

from harness import latency
from harness.screens import TERMS
from harness.terminal import CTRL_L, CTRL_U

ONE = pytest.mark.screens(columns=(80,), terms=TERMS[:1], locales=("C.UTF-8",))
# The system chooses the port of a peer that connects.
PEER = re.compile(r"(?<=127\.0\.0\.1:)\d{5}(?= (?:connected|left))")


@pytest.fixture
def context():
    context = zmq.Context()
    yield context
    context.destroy(linger=0)


@pytest.fixture
def server(shell, port):
    """A shell with a bound REP and a line that is half typed."""
    shell.hide(port, "PORT1")
    shell.hide(PEER, "PEER1")
    shell.ready()
    shell.run(f"bind rep {port} as server")
    shell.type("server send half")
    return f"tcp://127.0.0.1:{port}"


def test_a_peer_that_comes_and_goes_is_told(shell, server, context):
    peer = context.socket(zmq.REQ)
    peer.connect(server)
    shell.see("1 peer is there now")
    peer.close(linger=0)
    shell.see("no peer is there now")
    shell.type(" a line")
    shell.screen_is("told")


def test_a_peer_of_a_type_that_does_not_fit_is_told_with_the_reason(shell, server, context):
    peer = context.socket(zmq.PUB)
    peer.connect(server)
    shell.hide(re.compile(r"handshake \d+(?:\.\d)? m?s ago"), "#")
    shell.see("does not fit")
    shell.type(" a line")
    shell.see("half a line")


@ONE
def test_a_probe_of_its_own_socket_is_no_client_that_left(shell, server, port):
    shell.send(CTRL_U)
    for _ in range(3):
        shell.run(f"probe {port}")
    socket.create_connection(("127.0.0.1", port)).close()
    shell.see("'server' has no connection at")
    assert "times" not in "".join(shell.lines), shell.dump()
    assert "".join(shell.lines).count("has no connection at") == 1, shell.dump()


@ONE
def test_a_client_that_is_turned_away_beside_a_peer_is_told_with_the_reason(shell, server, port, context):
    peer = context.socket(zmq.REQ)
    peer.connect(server)
    shell.see("1 peer is there now")
    socket.create_connection(("127.0.0.1", port)).close()
    shell.wait_for(re.compile(r"warning: 'server' at tcp://127\.0\.0\.1:\d+: a client left before\s+the handshake"))


@ONE
def test_ten_thousand_events_become_a_few_lines(shell, server):
    address = ("127.0.0.1", int(server.rpartition(":")[2]))
    drawn = len(shell.raw)
    for _ in range(100):
        # What is no ZeroMQ is turned away: accepted, refused and closed are three events.
        clients = [socket.create_connection(address) for _ in range(34)]
        for client in clients:
            client.send(b"GET / HTTP/1.0\r\n\r\n")
            client.close()
    shell.type(" a line")
    shell.see("half a line")
    assert shell.text.count("warning") <= 16
    assert bytes(shell.raw[drawn:]).count(b"server send half") < 400


@pytest.mark.screens(columns=(80, 200), terms=TERMS[:-1])
def test_what_is_told_can_be_chosen(shell, server, context):
    shell.send(CTRL_U)
    shell.run("server monitor disconnected")
    peer = context.socket(zmq.REQ)
    peer.connect(server)
    shell.ready("1 peer> ")
    peer.close(linger=0)
    shell.see("no peer is there now")
    shell.run("server status")
    shell.see("monitor   disconnected")
    shell.send(CTRL_L)
    shell.wait_until(lambda: "status" not in shell.text, "the cleared screen")
    shell.run("server monitor off")
    shell.run("monitor off")
    peer = context.socket(zmq.REQ)
    peer.connect(server)
    shell.ready("1 peer> ")
    peer.close(linger=0)
    shell.ready("no peer> ")
    shell.run("print quiet")
    shell.screen_is("nothing")


def test_a_server_that_goes_with_a_request_is_told_with_the_cure(shell, port, context):
    shell.hide(port, "PORT1")
    shell.ready()
    server = context.socket(zmq.REP)
    server.bind(f"tcp://127.0.0.1:{port}")
    shell.run(f"connect req {port} as client")
    shell.run("send Hello")
    assert server.recv() == b"Hello"
    shell.type("client recv")
    server.close(linger=0)
    shell.hide(re.compile(r"disconnected \d+(?:\.\d)? m?s"), "#")
    shell.see("reset` starts over")
    shell.type(" as x")


@ONE
def test_connections_of_tasks_are_told_as_far_as_the_prompt_wants(shell, ports, context):
    shell.ready()
    first, second = ports(), ports()
    shell.run(f"serve rep {first} as greeter {{ send World }}", "1 task> ")
    for port, told in ((first, True), (second, False)):
        peer = context.socket(zmq.REQ)
        peer.connect(f"tcp://127.0.0.1:{port}")
        peer.send(b"Hello")
        assert peer.recv() == b"World"
        if told:
            shell.see(re.compile(r"127\.0\.0\.1:\d+ connected to 'greeter'; 1 peer is there now\s+\(task\s+'greeter'\)"))
        peer.close(linger=0)
        if told:
            shell.see(re.compile(r"left 'greeter'; no peer is there now \(task 'greeter'\)"))
            shell.run("monitor off", "1 task> ")
            shell.run(f"serve rep {second} as other {{ send World }}", "2 tasks> ")
    shell.run("print quiet", "2 tasks> ")
    assert "'other';" not in shell.unbroken


@ONE
def test_nobody_there_is_told_once(shell, ports):
    shell.ready()
    first, second = ports(), ports()
    shell.run(f"connect req {first} {second} as client")
    shell.run("within 1s fails timeout client wait connected")
    assert shell.unbroken.count("nobody listens") == 2


@pytest.mark.screens(terms=TERMS[:-1])
def test_watched_messages_stand_above_the_line(shell, port, context):
    shell.hide(port, "PORT1")
    shell.ready()
    shell.run(f"connect dealer {port} as client")
    shell.run("monitor off")
    shell.run("watch")
    server = context.socket(zmq.DEALER)
    server.bind(f"tcp://127.0.0.1:{port}")
    shell.ready("1 peer> ")
    shell.type("send half a li")
    server.send(b"one")
    server.send_multipart([b"", b"\x1b[2J", "zwei Wörter".encode()])
    shell.see("zwei")
    shell.type("ne")
    shell.screen_is("above")
    shell.run("")
    shell.run("unwatch")
    server.send(b"kept")
    shell.run("recv")
    shell.screen_is("kept")


@ONE
def test_a_flood_of_watched_messages_leaves_the_keys_alone(shell, port, context):
    shell.ready()
    shell.run(f"bind pull {port} as sink")
    peer = context.socket(zmq.PUSH)
    peer.connect(f"tcp://127.0.0.1:{port}")
    shell.run("watch")
    shell.stream.feed = lambda data: None
    for number in range(10_000):
        peer.send(b"message %d" % number)
    shell.send("print whole\r")
    shell.wait_until(lambda: re.search(rb"(?<! )whole\r\n", shell.raw), "the line was run")
    shell.wait_until(lambda: b"sink: \"message 9999\"\r\n" in shell.raw, "the last message")
    assert shell.raw.count(b"sink: ") == 10_000, "each message once"


def test_keys_are_echoed_at_once_while_messages_flood(terminal, port):
    times = latency.echoes(terminal(term="xterm-256color"), port, rate=10_000, count=100)
    # A generous bound, for a debug build on a loaded machine; scripts/bench.sh keys measures.
    assert latency.percentile(times, 0.9) < 0.5, sorted(times)[-10:]
