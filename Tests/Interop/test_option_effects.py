"""What options do to connections, seen from outside: by the system, on the wire, and by pyzmq."""

import ctypes
import os
import socket
import struct

import pytest
import zmq

from harness.program import LIMIT

GREETING = b"\xff" + bytes(8) + b"\x7f\x03\x00" + b"NULL".ljust(20, b"\0") + bytes(32)

# What socket has no names for, tcp(7), ip(7).
TCP_USER_TIMEOUT, IP_RECVTTL = 18, 12
# pidfd_getfd(2), of which Python knows nothing.
PIDFD_GETFD = 438


def succeed(result):
    assert (result.stderr, result.exit) == ("", 0), result
    return result.stdout


def connections(child):
    """The tcp sockets of another process that have a peer, as sockets of our own: pidfd_getfd(2)."""
    libc = ctypes.CDLL(None, use_errno=True)
    process = os.pidfd_open(child.pid)
    found = []
    try:
        for name in os.listdir(f"/proc/{child.pid}/fd"):
            try:
                if not os.readlink(f"/proc/{child.pid}/fd/{name}").startswith("socket:"):
                    continue
            except FileNotFoundError:
                continue
            descriptor = libc.syscall(PIDFD_GETFD, process, int(name), 0)
            if descriptor == -1:
                pytest.skip(f"the system does not let one look: {os.strerror(ctypes.get_errno())}")
            ours = socket.socket(fileno=descriptor)
            try:
                if ours.family == socket.AF_INET and ours.getpeername():
                    found.append(ours)
                    continue
            except OSError:
                pass
            ours.close()
    finally:
        os.close(process)
    return found


def kept(child, peer, level, code):
    """An option of the other side of a connection of ours."""
    for theirs in connections(child):
        with theirs:
            if (theirs.getsockname(), theirs.getpeername()) == (peer.getpeername(), peer.getsockname()):
                return theirs.getsockopt(level, code)
    return None


class Steps:
    """Lets a script go on, a step at a time: it waits in `sh 'cat go'`, at a pipe."""

    def __init__(self, folder):
        self.path = folder / "go"
        os.mkfifo(self.path)

    def go(self):
        with open(self.path, "w"):
            pass


@pytest.fixture
def steps(folder):
    return Steps(folder)


# --- what the system keeps for each connection


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="looks into the other process")
@pytest.mark.parametrize("side", ["bind", "connect"])
@pytest.mark.parametrize("option,level,code,expected", [
    ("tos=40", socket.IPPROTO_IP, socket.IP_TOS, 40),
    # The two lowest bits are TCP's own.
    ("tos=43", socket.IPPROTO_IP, socket.IP_TOS, 40),
    ("tcp_keepalive=on", socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    ("tcp_keepalive=on tcp_keepalive_cnt=5", socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 5),
    ("tcp_keepalive=on tcp_keepalive_idle=2m", socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 120),
    ("tcp_keepalive=on tcp_keepalive_intvl=9s", socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 9),
    ("tcp_maxrt=5s", socket.IPPROTO_TCP, TCP_USER_TIMEOUT, 5000),
    # The system doubles them.
    ("sndbuf=20KiB", socket.SOL_SOCKET, socket.SO_SNDBUF, 40960),
    ("rcvbuf=20KiB", socket.SOL_SOCKET, socket.SO_RCVBUF, 40960),
])
def test_an_option_that_is_late_counts_after_a_reset(spawn_script, steps, port, side, option, level, code, expected):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        place = listener.getsockname()[1] if side == "connect" else port
        child = spawn_script(f"""
            {side} dealer $1 as one linger=0
            print ready
            sh 'cat go'
            one set {option}
            print set
            sh 'cat go'
            one reset
            print reset
            sh 'cat go'
            """, place)

        def meet():
            return listener.accept()[0] if side == "connect" else socket.create_connection(("127.0.0.1", port), LIMIT)

        child.wait_for("^ready$")
        with meet() as first:
            # The signature of ZMTP: the connection is libzmq's.
            assert first.recv(10)
            before = kept(child, first, level, code)
            assert before not in (None, expected)
            steps.go()
            child.wait_for("^set$")
            assert kept(child, first, level, code) == before
            child.wait_for("does not change what 'one' is bound or connected to already", stream="stderr")
            steps.go()
            child.wait_for("^reset$")
            with meet() as second:
                assert second.recv(10)
                assert kept(child, second, level, code) == expected
            steps.go()
        child.result()


def test_a_backlog_is_that_of_the_listener(spawn_script, port):
    child = spawn_script("bind pull $1 as sink backlog=7\nprint ready\nsleep 1m\n", port, limit="never")
    child.wait_for("^ready$")
    # Of a listener, ss(8) shows its queue and how long that may be: rx_queue and the state 0A of /proc/net/tcp do not.
    listening = [line.split() for line in os.popen(f"ss -Hltn sport = :{port}").read().splitlines()]
    if not listening:
        pytest.skip("no ss(8) here")
    assert [words[2] for words in listening] == ["7"]


# --- how connections are made and ended


@pytest.mark.parametrize("side", ["bind", "connect"])
def test_a_peer_that_says_nothing_is_left_in_time(spawn_script, port, side):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        place = listener.getsockname()[1] if side == "connect" else port
        child = spawn_script(f"{side} dealer $1 as one handshake_ivl=100ms\nprint ready\nsleep 1m\n", place, limit="never")
        child.wait_for("^ready$")
        peer = listener.accept()[0] if side == "connect" else socket.create_connection(("127.0.0.1", port))
        with peer:
            peer.settimeout(LIMIT)
            assert len(peer.recv(10)) == 10
            assert peer.recv(1) == b"", "the connection ends"


def test_a_queue_that_is_full_ends_a_try_in_time(run_script):
    with socket.create_server(("127.0.0.1", 0), backlog=0) as busy:
        # The one that the system takes beyond the backlog.
        with socket.create_connection(busy.getsockname()):
            result = run_script("""
                connect push $1 as one connect_timeout=50ms reconnect_ivl=10ms linger=0
                retry 500 every 10ms { one status | grep "tried [3-9] times" > status }
                """, busy.getsockname()[1])
    assert succeed(result) == ""


def test_the_filters_of_addresses_turn_away(spawn_script, port):
    child = spawn_script("""
        bind pull $1 as sink tcp_accept_filter=10.0.0.0/8
        print ready
        sleep 1m
        """, port, limit="never")
    child.wait_for("^ready$")
    with socket.create_connection(("127.0.0.1", port), LIMIT) as peer:
        assert peer.recv(10) == b"", "turned away"


@pytest.mark.parametrize("option,greets", [
    ("ipc_filter_uid=4000000", False), ("ipc_filter_gid=4000000", False), ("ipc_filter_pid=4000000", False),
    ("ipc_filter_uid={uid}", True), ("ipc_filter_gid={gid}", True),
    ("ipc_filter_uid=4000000 ipc_filter_pid={pid}", True),
])
def test_the_filters_of_users_turn_away(spawn_script, folder, option, greets):
    option = option.format(uid=os.getuid(), gid=os.getgid(), pid=os.getpid())
    child = spawn_script(f"bind pull ./a.sock as sink {option}\nprint ready\nsleep 1m\n", limit="never")
    child.wait_for("^ready$")
    with socket.socket(socket.AF_UNIX) as peer:
        peer.settimeout(LIMIT)
        peer.connect(str(folder / "a.sock"))
        assert bool(peer.recv(10)) is greets


def test_a_socket_of_ipv6_takes_ipv4_as_well(spawn_script, peer, port):
    server = spawn_script("""
        bind rep tcp://*:$1 as server ipv6=on
        print ready
        server recv as first
        server send $first.peer
        server recv as second
        server send $second.peer
        """, port)
    server.wait_for("^ready$")
    context = zmq.Context()
    try:
        for host, shown in (("127.0.0.1", b"127.0.0.1"), ("[::1]", b"::1")):
            client = context.socket(zmq.REQ)
            client.linger, client.rcvtimeo, client.ipv6 = 0, int(LIMIT * 1000), True
            client.connect(f"tcp://{host}:{port}")
            client.send(b"who am I?")
            assert shown in client.recv()
    except zmq.error.ZMQError as error:
        if ":" in host:
            pytest.skip(f"no IPv6 here: {error}")
        raise
    finally:
        context.destroy(0)
    succeed(server.result())


def link_local():
    """A link-local address of this machine with its interface, `fe80::1%eth0`."""
    try:
        with open("/proc/net/if_inet6") as rows:
            for words in (line.split() for line in rows):
                if words[3] == "20":
                    address = ":".join(words[0][i:i + 4] for i in range(0, 32, 4))
                    return f"{address}%{words[5]}"
    except OSError:
        pass
    return None


@pytest.mark.skipif(link_local() is None, reason="no link-local address here")
def test_a_link_local_address_names_its_interface(run_script, port):
    result = run_script("""
        bind rep tcp://[$1]:$2 as server ipv6=on
        connect req tcp://[$1]:$2 as client ipv6=on
        client send Hello
        server recv
        """, link_local(), port)
    assert succeed(result) == "Hello\n"


# --- what a peer hears


def test_metadata_is_told_to_the_peer(spawn_script, port):
    child = spawn_script("""
        connect dealer $1 as one metadata=X-color:red metadata=X-size:9
        one send Hello
        sleep 1m
        """, port, limit="never")
    context = zmq.Context()
    try:
        router = context.socket(zmq.ROUTER)
        router.linger, router.rcvtimeo = 0, int(LIMIT * 1000)
        router.bind(f"tcp://127.0.0.1:{port}")
        frame = router.recv_multipart(copy=False)[1]
        assert (frame.get("X-color"), frame.get("X-size")) == ("red", "9")
    finally:
        context.destroy(0)
    assert child.process.poll() is None, child.report()


def test_a_rep_does_not_tell_its_routing_id(spawn_script, port):
    child = spawn_script("connect rep $1 as one routing_id=me\nsleep 1m\n", port, limit="never")
    with socket.create_server(("127.0.0.1", port), reuse_port=True) as listener:
        connection = listener.accept()[0]
        with connection:
            connection.settimeout(LIMIT)
            connection.sendall(GREETING + b"\x04\x1c\x05READY\x0bSocket-Type\x00\x00\x00\x06DEALER")
            heard = b""
            while b"Socket-Type" not in heard:
                heard += connection.recv(1000)
    assert b"Identity" not in heard and b"me" not in heard[64:]
    assert child.process.poll() is None, child.report()


def test_a_router_that_is_raw_speaks_plain_tcp(spawn_script, port):
    child = spawn_script("""
        bind router $1 as hub router_raw=on
        print ready
        hub recv as id _
        hub recv as id text
        hub send $id "$text World"
        hub recv as _ _
        """, port)
    child.wait_for("^ready$")
    with socket.create_connection(("127.0.0.1", port), LIMIT) as peer:
        peer.sendall(b"Hello")
        assert peer.recv(100) == b"Hello World"
    succeed(child.result())


def test_a_stream_that_is_not_to_notify_gives_what_came_alone(spawn_script, port):
    child = spawn_script("bind stream $1 as raw stream_notify=off\nprint ready\nraw recv as _ text\nprint $text\n", port)
    child.wait_for("^ready$")
    with socket.create_connection(("127.0.0.1", port), LIMIT) as peer:
        peer.sendall(b"Hello")
        assert succeed(child.result()) == "ready\nHello\n"


def test_a_domain_that_is_enforced_refuses_without_a_handler(spawn_script, port):
    child = spawn_script("""
        bind pull $1 as sink zap_domain=office zap_enforce_domain=on handshake_ivl=1s
        print ready
        sleep 1m
        """, port, limit="never")
    child.wait_for("^ready$")
    with socket.create_connection(("127.0.0.1", port), LIMIT) as peer:
        peer.sendall(GREETING + b"\x04\x1a\x05READY\x0bSocket-Type\x00\x00\x00\x04PUSH")
        heard = b""
        while part := peer.recv(1000):
            heard += part
    assert len(heard) == 64, "the greeting, and no READY"


# --- proxies


class Proxy:
    """A SOCKS5 proxy that takes one client, and answers what it is told to (RFC 1928, RFC 1929)."""

    def __init__(self, answer):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.answer = answer

    def meet(self):
        client, _ = self.listener.accept()
        client.settimeout(LIMIT)
        _, count = client.recv(2)
        methods = client.recv(count)
        seen = None
        if 2 in methods:
            client.sendall(b"\x05\x02")
            name = client.recv(client.recv(2)[1])
            seen = (name, client.recv(client.recv(1)[0]))
            client.sendall(b"\x01\x00")
        else:
            client.sendall(b"\x05\x00")
        client.recv(1000)
        client.sendall(bytes([5, self.answer, 0, 1, 127, 0, 0, 1, 0, 9]))
        return client, seen


def test_a_proxy_hears_the_name_and_the_password(spawn_script):
    proxy = Proxy(answer=0)
    child = spawn_script("""
        let password = "open sesame"
        connect dealer tcp://127.0.0.1:9 as one socks_proxy=127.0.0.1:$1 socks_username=me socks_password=$password
        print ready
        sleep 1m
        """, proxy.listener.getsockname()[1], limit="never")
    client, seen = proxy.meet()
    with client, proxy.listener:
        assert seen == (b"me", b"open sesame"), child.report()
        assert client.recv(1) == b"\xff", "ZMTP goes through"
        child.wait_for("^ready$")
    assert "open sesame" not in child.report()


@pytest.mark.parametrize("end", ["one close", "one reset", "exit", "task t { print other }; wait t"])
def test_a_proxy_that_refuses_does_not_end_the_program(spawn_script, steps, end):
    # libzmq 4.3.4 and 4.3.5 abort where such a connection is closed.
    proxy = Proxy(answer=5)
    child = spawn_script(f"""
        connect dealer tcp://127.0.0.1:9 as one socks_proxy=127.0.0.1:$1 reconnect_ivl=5s
        sh 'cat go'
        {end}
        """, proxy.listener.getsockname()[1], limit="never")
    client, _ = proxy.meet()
    with client, proxy.listener:
        assert client.recv(1) == b"", "libzmq closes it"
        steps.go()
        result = child.result()
    assert result.exit == 0, result
