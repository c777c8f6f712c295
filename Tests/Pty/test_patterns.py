"""What the prompt says of streams, of proxies and of peers that go silent."""

import os
import re
import signal
import socket
import subprocess
import sys

import zmq

from harness.program import LIMIT


def test_a_stream_names_connections_and_their_end(terminal, port):
    shell = terminal()
    shell.wait_prompt("zsh-mq> ")
    shell.enter(f"bind stream {port} as raw", "raw no peer> ")
    with socket.create_connection(("127.0.0.1", port), timeout=LIMIT) as client:
        shell.wait_for("connected to 'raw'; 1 peer is there now")
        shell.enter("recv", "raw 1 peer> ")
        assert "1 routing id  @1\n2 connected   \"\"\n" in shell.text
        client.sendall(b"Hello")
        shell.enter("recv", "raw 1 peer> ")
        assert "1 routing id  @1\n2 body        Hello\n" in shell.text
    shell.wait_for("left 'raw'; no peer is there now")
    shell.enter("recv", "raw no peer> ")
    assert "1 routing id    @1\n2 disconnected  \"\"\n" in shell.text
    shell.enter("watch", "raw no peer> ")
    with socket.create_connection(("127.0.0.1", port), timeout=LIMIT) as client:
        shell.wait_for('raw: @2 "" (connected)')
    shell.wait_for('raw: @2 "" (disconnected)')
    assert "handshake" not in shell.text


def test_a_proxy_tells_what_it_joins_and_what_it_moved(terminal):
    shell = terminal()
    shell.wait_prompt("zsh-mq> ")
    shell.enter("bind pull inproc://in as front", "front no peer> ")
    shell.enter("bind push inproc://out as back", "back no peer> ")
    shell.enter("connect push inproc://in as out", "out 1 peer> ")
    shell.enter("connect pull inproc://out as sink", "sink 1 peer> ")
    shell.enter("out send Hello", "sink 1 peer> ")
    shell.enter("proxy front back")
    shell.wait_for("messages go on from 'front' to 'back'")
    shell.send("\x03")
    shell.wait_for("the proxy has ended: 1 message from 'front' to 'back'")
    shell.wait_prompt("sink 1 peer> ")
    shell.enter("proxy front back as streamer")
    shell.wait_for("'streamer' hands messages on from 'front' to 'back'")
    shell.enter("out send Hello", "sink 1 peer, 1 task> ")
    shell.enter("repeat 2 { sink recv as m }", "sink 1 peer, 1 task> ")
    shell.enter("proxy stop streamer")
    shell.wait_for("'streamer' has ended: 1 message from 'front' to 'back'")


SERVER = "import zmq, sys; s = zmq.Context().socket(zmq.ROUTER); s.bind(sys.argv[1]); s.recv()"
CLIENT = "import zmq, sys; s = zmq.Context().socket(zmq.DEALER); s.connect(sys.argv[1]); s.recv()"


def stopped(program, port):
    child = subprocess.Popen([sys.executable, "-c", program, f"tcp://127.0.0.1:{port}"])

    def stop():
        os.kill(child.pid, signal.SIGSTOP)

    def end():
        child.kill()
        child.wait()

    return stop, end


def test_a_proxy_tells_why_messages_wait(terminal):
    shell = terminal(columns=100, rows=40)
    shell.wait_prompt("zsh-mq> ")
    shell.enter("bind pull inproc://in as front", "front no peer> ")
    shell.enter("bind push inproc://out as back sndhwm=1", "back no peer> ")
    shell.enter("connect push inproc://in as out", "out 1 peer> ")
    shell.enter("proxy front back as streamer", "out 1 peer, 1 task> ")
    shell.enter("repeat 20 { out send x }", "out 1 peer, 1 task> ")
    shell.enter("retry 300 every 10ms { proxy | grep -q stalled }", "out 1 peer, 1 task> ")
    shell.enter("proxy", "out 1 peer, 1 task> ")
    assert "note: messages from 'front' wait: 'back' has no peer" in shell.text
    shell.enter("connect pull inproc://out as sink rcvhwm=1", "sink 1 peer, 1 task> ")
    shell.enter("retry 300 every 10ms { proxy | grep -q ' 2  ' }", "sink 1 peer, 1 task> ")
    # It is looked for now and then, and the prompt may be faster.
    for _ in range(100):
        shell.enter("proxy", "sink 1 peer, 1 task> ")
        if "note: messages from 'front' wait: 'back' takes none now, its peers are behind" in shell.text:
            break
    else:
        raise AssertionError(shell.text)
    shell.enter("repeat 20 { sink recv as x }", "sink 1 peer, 1 task> ")
    shell.enter("stop streamer", "sink 1 peer> ")
    assert "'streamer' has ended: 20 messages from 'front' to 'back'" in shell.text


def test_clients_of_a_proxy_that_come_and_go_are_not_suspected(terminal, ports):
    front, back = ports(), ports()
    shell = terminal(columns=120, rows=40)
    shell.wait_prompt("zsh-mq> ")
    shell.enter(f"bind router {front} as front", "front no peer> ")
    shell.enter(f"bind dealer {back} as back", "back no peer> ")
    shell.enter("proxy front back")
    shell.wait_for("messages go on between 'front' and 'back'")
    with zmq.Context() as context, context.socket(zmq.REP) as server:
        server.connect(f"tcp://127.0.0.1:{back}")
        for number in range(1, 5):
            with context.socket(zmq.REQ) as client:
                client.connect(f"tcp://127.0.0.1:{front}")
                client.send(b"Hello")
                server.send(server.recv())
                assert client.recv() == b"Hello"
            shell.wait_until(
                lambda: shell.text.count("left 'front'; no peer is there now") == number, f"the end of client {number}")
        assert "without a message" not in shell.text
        shell.send("\x03")
        shell.wait_for("the proxy has ended: 4 messages from 'front' to 'back'")
        shell.wait_prompt("back 1 peer> ")
        shell.enter("back peers", "back 1 peer> ")
        assert re.search(r"(?m)^127\.0\.0\.1:\d+ .* -$", shell.text), "nobody counted what each of them sent"


def test_a_server_that_goes_silent_is_told(terminal, port):
    stop, end = stopped(SERVER, port)
    try:
        shell = terminal(columns=200)
        shell.wait_prompt("zsh-mq> ")
        shell.enter(f"connect dealer {port} as client heartbeat_ivl=200ms")
        shell.wait_for("'client' is connected")
        shell.enter("sleep 300ms", "client 1 peer> ")
        stop()
        shell.wait_for(
            f"'client' lost its connection to tcp://127.0.0.1:{port}, which answered no heartbeat for 200 ms; "
            "it goes on trying by itself")
        shell.wait_prompt("client no peer> ")
        assert "nobody listens" not in shell.text.split("answered no heartbeat")[1]
    finally:
        end()


def test_a_client_that_goes_silent_is_told(terminal, port):
    shell = terminal(columns=200)
    shell.wait_prompt("zsh-mq> ")
    shell.enter(f"bind router {port} as hub heartbeat_ivl=200ms", "hub no peer> ")
    stop, end = stopped(CLIENT, port)
    try:
        shell.wait_for("connected to 'hub'; 1 peer is there now")
        shell.enter("sleep 300ms", "hub 1 peer> ")
        stop()
        shell.wait_for("answered no heartbeat for 200 ms, so 'hub' dropped it; no peer is there now")
    finally:
        end()
