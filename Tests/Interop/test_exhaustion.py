"""Hostile peers that would use something up: memory, descriptors, connections. What bounds it holds, and is told."""

import os
import random
import re
import signal
import socket
import threading
import time

import pytest

from harness.program import LIMIT
from harness.wire import GREETING, connect, connect_locally, frame, shake_hands

PROC = pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="reads /proc")


def memory(child):
    """The most memory that a child has ever had, in MiB."""
    with open(f"/proc/{child.pid}/status") as status:
        return int(re.search(r"VmHWM:\s+(\d+)", status.read())[1]) // 1024


def is_cut_off(connection):
    """Whether the other side ends the connection, whatever it says before."""
    try:
        while connection.recv(1 << 16):
            pass
    except ConnectionError:
        pass
    except socket.timeout:
        return False
    return True


def flood(connection, chunk):
    """Sends the same again and again until the connection is cut off."""
    deadline = time.monotonic() + LIMIT
    try:
        while time.monotonic() < deadline:
            connection.sendall(chunk)
    except ConnectionError:
        return
    raise AssertionError("it was not cut off")


KINDS = [("pull", b"PUSH"), ("rep", b"REQ"), ("router", b"DEALER"), ("sub", b"PUB")]


@PROC
@pytest.mark.parametrize("size", [0, 100, 10_000, 500_000])
@pytest.mark.parametrize("kind, peer_kind", KINDS)
@pytest.mark.parametrize("transport", ["tcp", "ipc"])
def test_a_message_without_an_end_is_cut_off_and_told(spawn_script, port, folder, transport, kind, peer_kind, size):
    server = spawn_script(f"""
        bind {kind} $1 as sink maxmsgsize=1MiB {"subscribe=''" if kind == "sub" else ""}
        print ready
        sink recv
        sink recv
        """, port if transport == "tcp" else f"ipc://{folder}/it")
    server.wait_for("^ready$")

    def reach():
        return connect(port, peer_kind) if transport == "tcp" else connect_locally(folder / "it", peer_kind)

    attacker = reach()
    one = frame(b"x" * size, more=True)
    start = frame(b"", more=True) if kind == "rep" else b""
    attacker.sendall(start)
    flood(attacker, one * max(1, (1 << 18) // len(one)))
    who = r"127\.0\.0\.1:\d+" if transport == "tcp" else "a peer at ipc:///.*/it"
    server.wait_for(rf"warning: 'sink' cut {who} off: \d+ .iB came, and no whole message", "stderr")
    assert memory(server) < 500
    # Others are served as before, also with a message of many frames that are more than the limit together.
    good = reach()
    good.sendall(start + frame(b"Hello"))
    server.wait_for("^.*Hello.*$")
    if kind == "rep":
        return
    good.sendall(b"".join(frame(b"y" * 300_000, more=True) for _ in range(9)) + frame(b"end"))
    assert server.result().exit == 0, server.report()


@pytest.mark.parametrize("kind, peer_kind, dropped", [
    ("rep", b"DEALER", b"no empty frame before it"), ("sub", b"PUB", b"nobody asked for it")])
def test_who_sends_what_is_dropped_is_not_cut_off(spawn_script, port, kind, peer_kind, dropped):
    server = spawn_script(f"""
        bind {kind} $1 as sink maxmsgsize=1MiB {"subscribe=news" if kind == "sub" else ""}
        print ready
        sink recv
        """, port)
    server.wait_for("^ready$")
    peer = connect(port, peer_kind)
    many = frame(dropped.ljust(100_000)) * 10
    for _ in range(40):
        peer.sendall(many)
        time.sleep(0.02)  # Slowly, so that it is looked at while they come.
    peer.sendall((frame(b"", more=True) if kind == "rep" else b"") + frame(b"news at last"))
    server.wait_for("news at last")
    result = server.result()
    assert result.exit == 0 and "cut" not in result.stderr, result


@PROC
def test_a_message_without_an_end_behind_one_that_waits_is_cut_off_before_the_memory_is_full(spawn, binary, port):
    script = f"bind pull {port} as sink maxmsgsize=1MiB\nprint ready\ntimeout never\nsleep 1h\n"
    server = spawn("sh", "-c", 'ulimit -v 1500000; exec "$0" run -c "$1"', binary, script)
    server.wait_for("^ready$")
    attacker = connect(port, b"PUSH")
    attacker.sendall(frame(b"one"))
    flood(attacker, frame(b"x" * 100_000, more=True))
    server.wait_for(r"warning: 'sink' cut 127\.0\.0\.1:\d+ off: \d+ .iB of it wait to be received, and the memory is at its end",
                    "stderr")
    # The next one is served.
    good = connect(port, b"PUSH")
    good.sendall(frame(b"two"))
    server.signal(signal.SIGINT)
    assert server.wait() == 130, server.report()


def test_a_limit_of_none_cuts_nobody_off(spawn_script, port):
    server = spawn_script("bind pull $1 as sink maxmsgsize=-1\nprint ready\nsink recv as m\nprint ${len($m)}\n", port)
    server.wait_for("^ready$")
    peer = connect(port, b"PUSH")
    for _ in range(40):
        peer.sendall(frame(b"x" * 100_000, more=True))
        time.sleep(0.02)  # Slowly, so that the message is looked at while it comes.
    peer.sendall(frame(b"end"))
    result = server.result()
    assert (result.stdout, result.stderr, result.exit) == ("ready\n41\n", "", 0)


def test_much_that_waits_to_be_received_is_told_and_not_cut_off(spawn_script, port):
    server = spawn_script("""
        bind pull $1 as sink maxmsgsize=1MiB
        print ready
        sleep 1h
        """, port, limit="never")
    server.wait_for("^ready$")
    peer = connect(port, b"PUSH")
    for _ in range(40):
        peer.sendall(frame(b"x" * 500_000))
    server.wait_for(r"warning: \d+ MiB of 127\.0\.0\.1:\d+ wait to be received by 'sink'", "stderr")
    peer.settimeout(0.2)
    assert not is_cut_off(peer)


@PROC
def test_a_flood_of_subscriptions_is_cut_off_and_told(spawn_script, port):
    server = spawn_script("""
        bind pub $1 as out
        print ready
        wait connected; wait disconnected
        out status
        wait subscribed good
        out send "good news"
        out send bad
        """, port)
    server.wait_for("^ready$")
    attacker = connect(port, b"SUB")
    # As fast as it can, and all different: of each byte libzmq makes a node of a tree.
    flood(attacker, b"".join(frame(b"\x01" + random.randbytes(200)) for _ in range(100_000)))
    assert is_cut_off(attacker)
    server.wait_for(r"warning: 'out' cut 127\.0\.0\.1:\d+ off: it sent \d+ MiB of subscriptions", "stderr")
    server.wait_for(r"^lost +1 connection")
    assert memory(server) < 700
    good = connect(port, b"SUB")
    good.sendall(frame(b"\x01good"))
    assert server.result().exit == 0, server.report()
    assert len(server.text().splitlines()) < 150


def test_who_subscribes_and_takes_it_back_is_not_cut_off(spawn_script, port):
    server = spawn_script("bind pub $1 as out\nprint ready\nwait subscribed last\n", port, limit="1m")
    server.wait_for("^ready$")
    peer = connect(port, b"SUB")
    for _ in range(100):
        topics = [random.randbytes(200) for _ in range(500)]
        peer.sendall(b"".join(frame(b"\x01" + topic) for topic in topics))
        peer.sendall(b"".join(frame(b"\x00" + topic) for topic in topics))
        time.sleep(0.01)  # Slowly, so that it is looked at while they come.
    peer.sendall(frame(b"\x01last"))
    result = server.result()
    assert (result.stderr, result.exit) == ("", 0), result


def test_subscriptions_that_are_too_many_to_be_known_by_name_count(spawn_script, port):
    server = spawn_script("""
        bind pub $1 as out
        print ready
        wait subscribed last
        print subscribed
        out send "00009999 known"
        out status
        """, port)
    server.wait_for("^ready$")
    peer = connect(port, b"SUB")
    peer.sendall(frame(b"\x01last"))
    peer.sendall(b"".join(frame(b"\x01%08d" % number) for number in range(12_000)))
    result = server.result()
    assert result.exit == 0 and result.stderr == "", result


@PROC
def test_more_connections_than_descriptors_leave_the_program_as_it_is(spawn, binary, port):
    script = f"bind pull {port} as sink\nprint ready\ntimeout never\nsink recv\n"
    server = spawn("sh", "-c", 'ulimit -n 100; exec "$0" run -c "$1"', binary, script)
    server.wait_for("^ready$")
    connections = []
    try:
        # What the system has room for waits to be taken; then it takes no more.
        while len(connections) < 150:
            connections.append(socket.create_connection(("127.0.0.1", port), timeout=1))
    except OSError:
        pass
    server.wait_for("warning: no further peer can connect: this program has as many files open as it may", "stderr")
    before = memory(server)
    server.wait_for("`ulimit -n` tells and raises", "stderr")
    time.sleep(1)  # libzmq tells of each try that fails, thousands a second: that they are not kept takes time to see.
    assert memory(server) < before + 10
    for connection in connections:
        connection.close()
    good = connect(port, b"PUSH")
    good.sendall(frame(b"Hello"))
    result = server.result()
    assert result.exit == 0 and result.stdout == "ready\nHello\n", result


def test_peers_that_do_not_finish_their_handshake_are_cut_off(spawn_script, port):
    server = spawn_script("""
        bind rep $1 as server handshake_ivl=200ms
        print ready
        server recv
        """, port, limit="2s")
    server.wait_for("^ready$")
    connections = [socket.create_connection(("127.0.0.1", port), timeout=LIMIT) for _ in range(60)]
    for number, connection in enumerate(connections):
        connection.sendall(GREETING[:number])
    assert all(is_cut_off(connection) for connection in connections)
    result = server.result()
    assert "a client did not finish its handshake within handshake_ivl (200 ms) and was cut off" in result.stderr


@PROC
def test_peers_that_come_and_go_leave_nothing_behind(spawn_script, port):
    server = spawn_script("""
        bind router $1 as hub
        print ready
        repeat 3000 hub recv as id body
        print received
        hub wait disconnected
        hub status
        """, port)
    server.wait_for("^ready$")
    threads = [threading.Thread(target=come_and_go, args=(port, 300)) for _ in range(10)]
    for thread in threads:
        thread.start()
    server.wait_for("^received$", timeout=60)
    assert memory(server) < 120
    for thread in threads:
        thread.join()
    result = server.result()
    assert result.exit == 0 and len(result.stdout.splitlines()) < 60, result


def come_and_go(port, times):
    for number in range(times):
        with connect(port, b"DEALER") as connection:
            connection.sendall(frame(b"Hello"))


def test_a_frame_that_is_too_large_ends_a_connection_of_ours_for_good_and_that_is_told(spawn_script, port):
    listener = socket.create_server(("127.0.0.1", port))
    client = spawn_script("connect pull $1 as sink maxmsgsize=1KiB\nsink wait disconnected\nwithin 200ms sink recv\n", port)
    connection, _ = listener.accept()
    shake_hands(connection, b"PUSH")
    connection.sendall(frame(b"x" * 5000))
    result = client.result()
    assert result.exit == 5
    assert re.search(r"the connection ended .* ago, and libzmq does not try again: a frame came that is larger than "
                     r"maxmsgsize \(1 KiB\), or the peer broke the protocol; `sink set maxmsgsize 1GiB`, then `sink reset`",
                     result.stderr), result.stderr
    connection.close()
    listener.close()
