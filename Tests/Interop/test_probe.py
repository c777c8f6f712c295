"""`probe` against pyzmq, and against what is no ZeroMQ."""

import os
import re
import signal
import socket
import sys

import pytest
import zmq

from harness.wire import GREETING

STOPPED = """
import zmq
server = zmq.Context().socket(zmq.REP)
print(server.bind_to_random_port("tcp://127.0.0.1"), flush=True)
server.recv()
"""


@pytest.fixture
def context():
    context = zmq.Context()
    yield context
    context.destroy(linger=0)


@pytest.fixture
def probe(run_script):
    def probe(*endpoints, before=""):
        return run_script(f"{before} probe {' '.join(str(endpoint) for endpoint in endpoints)}\n")

    return probe


def told(result):
    """What was printed, without the time."""
    assert (result.stderr, result.exit) == ("", 0), result
    return re.sub(r"; it answered within \S+ \S+\n", "\n", result.stdout)


def holder():
    return f"process {os.getpid()} ({open('/proc/self/comm').read().strip()})"


@pytest.mark.parametrize("kind", ["pair", "pub", "sub", "req", "rep", "dealer", "router", "pull", "push", "xpub", "xsub"])
def test_every_socket_type_is_told(context, probe, kind):
    peer = context.socket(getattr(zmq, kind.upper()))
    port = peer.bind_to_random_port("tcp://127.0.0.1")
    assert told(probe(port)) == f"tcp://127.0.0.1:{port}: {kind}, ZMTP 3.1, no security, {holder()}\n"


def test_a_peer_is_not_disturbed(context, probe):
    server, client = context.socket(zmq.REP), context.socket(zmq.REQ)
    port = server.bind_to_random_port("tcp://127.0.0.1")
    client.connect(f"tcp://127.0.0.1:{port}")
    client.send(b"before")
    for _ in range(3):
        told(probe(port))
    assert server.recv() == b"before"
    server.send(b"after")
    assert client.recv() == b"after"


def test_a_routing_id_is_told(context, probe):
    peer = context.socket(zmq.DEALER)
    peer.routing_id = b"bob \x1b[31m"
    port = peer.bind_to_random_port("tcp://127.0.0.1")
    assert r'no security, routing id "bob \x1b[31m", process' in told(probe(port)).replace(r"\e", r"\x1b")


@pytest.mark.parametrize("mechanism", ["CURVE", "PLAIN"])
def test_security_is_told(context, run_script, mechanism):
    peer = context.socket(zmq.REP)
    if mechanism == "CURVE":
        peer.curve_publickey, peer.curve_secretkey = zmq.curve_keypair()
        peer.curve_server = True
    else:
        peer.plain_server = True
    port = peer.bind_to_random_port("tcp://127.0.0.1")
    result = run_script("probe $1\nprobe $1 as peer\nprint [$peer[0]] $peer[1] $peer[2]\n", port)
    line, words = told(result).splitlines()
    assert f"ZMTP 3.1, {mechanism}, which hides the socket type" in line
    assert words == f"[] {mechanism} 3.1"


@pytest.mark.parametrize("address", ["{folder}/socket", "@{name}"])
def test_ipc_is_asked_too(context, probe, folder, address):
    address = address.format(folder=folder, name=f"zsh-mq-{os.getpid()}")
    peer = context.socket(zmq.PULL)
    peer.bind(f"ipc://{address}")
    assert told(probe(address)) == f"ipc://{address}: pull, ZMTP 3.1, no security\n"


def test_a_socket_file_that_was_left_behind(probe, folder):
    path = folder / "socket"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
    result = probe(path)
    assert result.exit == 3 and "nobody listens there: the program that made the socket file has ended" in result.stderr
    path.unlink()
    assert "there is no such socket file yet" in probe(path).stderr


def test_own_sockets_are_named(run_script):
    result = run_script("bind xpub :0 as news\nprobe $news.endpoint\n")
    assert ": xpub, ZMTP 3.1, no security, your socket 'news'\n" in told(result)


def test_nobody_listens(probe, port):
    result = probe(port)
    assert result.exit == 3 and "nobody listens there" in result.stderr
    assert "is bound to another port or another address of the machine" in result.stderr


def test_somebody_listens_at_another_address(context, probe):
    peer = context.socket(zmq.REP)
    port = peer.bind_to_random_port("tcp://127.0.0.2")
    result = probe(port)
    assert result.exit == 3, result
    assert f"nobody listens at that address; {holder()} listens at another address of this machine" in result.stderr


def test_a_server_that_is_stopped(spawn, probe):
    server = spawn(sys.executable, "-c", STOPPED)
    port = int(server.wait_for(r"^(\d+)\n")[1])
    server.signal(signal.SIGSTOP)
    with open(f"/proc/{server.process.pid}/stat") as status:
        while status.read().rpartition(")")[2].split()[0] != "T":
            status.seek(0)
    result = probe(port, before="within 300ms")
    server.signal(signal.SIGCONT)
    assert result.exit == 5, result
    assert f"process {server.process.pid} (python" in result.stderr and "has it, and is stopped" in result.stderr
    assert f"`kill -CONT {server.process.pid}` lets it go on" in result.stderr


def test_a_server_that_takes_no_connections(probe):
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        # The system takes one more than it was told to.
        waiting = [socket.create_connection(listener.getsockname()) for _ in range(1)]
        port = listener.getsockname()[1]
        result = probe(port, before="within 300ms")
        for connection in waiting:
            connection.close()
    assert result.exit == 5 and f"its program ({holder()}) listens, and has taken none" in result.stderr, result


def test_an_http_server_that_waits_for_a_line(hostile, probe):
    def serve(connection):
        said = b""
        while b"\n" not in said:
            said += connection.recv(1000)
        connection.sendall(b"HTTP/1.1 404 Not Found\r\n\r\n")

    result = probe(hostile(serve), before="within 1s")
    assert result.exit == 3, result
    assert 'it said "HTTP/1.1 404 Not Found", as an HTTP server does' in result.stderr


@pytest.mark.parametrize("banner, speaker", [
    (b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", "an SSH server"),
    (b"\x15\x03\x01\x00\x02\x02\x28", "a TLS server"),
    (b"INFO {\"server_id\":\"x\"}\r\n", "a NATS server"),
    (b"\x00\x00\x12\x04\x00\x00\x00\x00\x00\x00", "an HTTP/2 server, such as one of gRPC"),
])
def test_other_protocols_are_told(hostile, probe, banner, speaker):
    result = probe(hostile(lambda connection: (connection.sendall(banner), connection.recv(1000))))
    assert result.exit == 3 and f", as {speaker} does" in result.stderr, result
    assert "\x15" not in result.stderr


def test_half_a_greeting_is_no_other_protocol(hostile, probe):
    def hang(connection):
        connection.sendall(GREETING[:20])
        while connection.recv(1000):
            pass

    result = probe(hostile(hang), before="within 300ms")
    assert result.exit == 5 and "it took the connection and said nothing within 300ms" in result.stderr, result


def test_a_server_that_closes_at_once(hostile, probe):
    result = probe(hostile(lambda connection: None))
    assert result.exit == 3 and "it took the connection and closed it before a greeting" in result.stderr, result


def test_of_many_each_is_told(context, probe, ports):
    peers = [context.socket(zmq.PUSH) for _ in range(40)]
    good = [peer.bind_to_random_port("tcp://127.0.0.1") for peer in peers]
    bad = ports()
    result = probe(*good[:35], bad, *good[35:])
    lines = result.stdout.splitlines()
    assert result.exit == 3 and "1 of 41 endpoints have no peer of ZeroMQ" in result.stderr, result
    assert lines[35] == f"tcp://127.0.0.1:{bad}: nobody listens there"
    for port, line in zip(good, lines[:35] + lines[36:]):
        assert line.startswith(f"tcp://127.0.0.1:{port}: push, ")


def test_ctrl_c_ends_it(hostile, spawn_script):
    asked = []
    port = hostile(lambda connection: (asked.append(connection.recv(1000)), connection.recv(1000)))
    child = spawn_script("print asking\nwithin 100s probe $1\n", port)
    child.wait_for("asking")
    while not asked:
        assert child.process.poll() is None
    child.signal(signal.SIGINT)
    assert child.result().exit == 130


def test_from_the_command_line(context, binary, spawn, ports):
    peer = context.socket(zmq.REP)
    port, bad = peer.bind_to_random_port("tcp://127.0.0.1"), ports()
    assert told(spawn(binary, "probe", str(port), f"localhost:{port}").result()).count(": rep, ZMTP 3.1") == 2
    result = spawn(binary, "probe", "--timeout", "1s", str(bad)).result()
    assert result.exit == 3 and "nobody listens there" in result.stderr
    result = spawn(binary, "probe", "70000").result()
    assert result.exit == 2 and "port 70000 is beyond 65535" in result.stderr
    assert spawn(binary, "probe", "--timeout", "never", str(port)).result().exit == 64
    assert spawn(binary, "probe").result().exit == 64
