"""Peers that are no ZeroMQ: the shell stays usable, and tells the truth about them."""

import random
import signal
import socket
import struct

import pytest

from harness.wire import GREETING, ready


def garbage(connection):
    connection.sendall(random.Random(1).randbytes(2000))
    connection.recv(1000)


def http(connection):
    connection.recv(1000)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")


def nothing(connection):
    while connection.recv(1000):
        pass


def close(connection):
    pass


def half_a_greeting(connection):
    connection.sendall(GREETING[:20])
    nothing(connection)


def huge_frame(connection):
    connection.sendall(GREETING + ready(b"REP"))
    connection.sendall(b"\x02" + struct.pack(">Q", 2**62) + b"x" * 1000)
    nothing(connection)


def another_type(connection):
    connection.sendall(GREETING + ready(b"PUB"))
    nothing(connection)


def endless_command(connection):
    connection.sendall(GREETING + b"\x06" + struct.pack(">Q", 2**40) + b"\x05READY" + b"x" * 1000)
    nothing(connection)


PEERS = {
    garbage: "it does not speak ZeroMQ's protocol: it said ",
    http: "it does not speak ZeroMQ's protocol: it said \"HTTP/1.1 400 Bad Request\"",
    nothing: "has said nothing since",
    close: "ZeroMQ",
    half_a_greeting: "has said nothing since",
    huge_frame: "",
    another_type: "it is a PUB, and a REQ talks to REP or ROUTER alone",
    endless_command: "",
}


@pytest.mark.parametrize("behave", PEERS, ids=lambda behave: behave.__name__)
def test_a_hostile_listener_leaves_the_shell_usable(run_script, hostile, peer, ports, behave):
    port, good = hostile(behave), ports()
    peer("peer", "rep", "bind", f"tcp://127.0.0.1:{good}", "echo")
    result = run_script("""
        connect req $1 as client linger=0
        # libzmq gives a peer of another type up, and a REQ without any refuses to send.
        try { client send Hello } catch { assert $error.name == "EAGAIN" }
        fails any { timeout 300ms; client recv }
        timeout 30s
        client status
        print --
        connect req $2 as other
        other send Hello
        other recv
        client disconnect
        client reset
        close client
        """, port, good)
    assert (result.stderr, result.exit) == ("", 0), result
    status, rest = result.stdout.split("--\n")
    assert rest == "Hello\n"
    endpoint = next(line for line in status.splitlines() if line.startswith("connect"))
    assert PEERS[behave] in endpoint, endpoint


@pytest.mark.parametrize("behave", PEERS, ids=lambda behave: behave.__name__)
def test_waiting_for_a_hostile_listener_says_why(run_script, hostile, behave):
    if behave is huge_frame:
        pytest.skip("it does shake hands")
    result = run_script("connect req $1 as client\nwithin 300ms wait connected\n", hostile(behave))
    assert result.exit == 5 and "'client' has no peer" in result.stderr
    if behave in (garbage, http, close, another_type):
        assert PEERS[behave] in result.stderr


@pytest.mark.parametrize("behave", [nothing, half_a_greeting], ids=lambda behave: behave.__name__)
def test_a_listener_that_says_nothing_is_told_from_nobody(run_script, hostile, behave):
    result = run_script("connect req $1 as client\nwithin 300ms wait connected\n", hostile(behave))
    assert result.exit == 5 and "has said nothing since, so it may not be ZeroMQ" in result.stderr


def test_what_is_no_zeromq_is_not_said_to_have_another_key(run_script, hostile):
    result = run_script("connect req $1 as client\nwithin 300ms wait connected\n", hostile(http))
    assert result.exit == 5 and "CURVE" not in result.stderr


def test_a_hostile_client_leaves_a_server_usable(spawn_script, peer, port):
    # Noise without the signature of a greeting may well be a message of ZMTP 1.0, whose reply then confuses
    # libzmq's REP (pyzmq's as well): that is left out.
    server = spawn_script("""
        bind rep $1 as server
        print ready
        loop { server recv as request; server send $request; print $server.sent }
        """, port)
    server.wait_for("^ready$")
    connections = []
    for data in (
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", GREETING[:10] + random.Random(2).randbytes(100_000), b"",
        GREETING[:11], GREETING,
        GREETING + ready(b"REQ") + b"\x02" + struct.pack(">Q", 2**62), GREETING + ready(b"PUB"),
        GREETING + ready(b"REQ") + b"\x00\x05Hello", GREETING + b"\xff" * 1000, bytes(100_000),
    ):
        connection = socket.create_connection(("127.0.0.1", port))
        connections.append(connection)
        try:
            connection.sendall(data)
        except OSError:
            pass
    client = peer("peer", "req", "connect", f"tcp://127.0.0.1:{port}", f"send {b'Hello'.hex()}", "recv")
    client.wait_for(f"^got {b'Hello'.hex()}$")
    for connection in connections:
        connection.close()
    server.signal(signal.SIGTERM)
    assert server.wait() == 143 and server.text("stderr") == "", server.report()


def test_a_peer_that_sends_too_much_is_dropped_and_told(spawn_script, peer, port):
    server = spawn_script("""
        bind pull $1 as sink maxmsgsize=100
        print ready
        sink wait disconnected
        sink recv
        """, port)
    server.wait_for("^ready$")
    peer("peer", "push", "connect", f"tcp://127.0.0.1:{port}", "connected", f"send {b'small'.hex()}",
         f"send {(b'x' * 1000).hex()}")
    result = server.result()
    assert (result.stdout, result.stderr, result.exit) == ("ready\nsmall\n", "", 0)
