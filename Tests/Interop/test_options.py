"""Options that change what goes over the wire, against pyzmq and the system's own sockets."""

import os
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import time

import pytest

from harness.program import LIMIT


def succeed(result):
    assert (result.stderr, result.exit) == ("", 0), result
    return result.stdout


# --- connections that end and come again


def test_heartbeats_find_a_peer_that_stands_still(spawn_script, peer, port):
    server = peer("peer", "router", "bind", f"tcp://127.0.0.1:{port}", "2*recv")
    client = spawn_script("""
        connect dealer $1 as client heartbeat_ivl=50ms heartbeat_timeout=200ms
        client wait connected
        client send Hello
        print connected
        client wait disconnected
        print lost
        """, port)
    client.wait_for("^connected$")
    server.wait_for("^got ")
    server.signal(signal.SIGSTOP)
    try:
        client.wait_for("^lost$")
    finally:
        server.signal(signal.SIGCONT)
    assert succeed(client.result())


def test_a_peer_that_stands_still_is_not_found_without_heartbeats(spawn_script, peer, port):
    server = peer("peer", "router", "bind", f"tcp://127.0.0.1:{port}", "recv")
    client = spawn_script("""
        connect dealer $1 as client
        client wait connected
        print connected
        fails timeout within 500ms client wait disconnected
        """, port)
    client.wait_for("^connected$")
    server.signal(signal.SIGSTOP)
    try:
        assert succeed(client.result())
    finally:
        server.signal(signal.SIGCONT)


def test_a_connection_is_made_again_in_the_interval(spawn_script, peer, port):
    endpoint = f"tcp://127.0.0.1:{port}"
    first = peer("peer", "rep", "bind", endpoint, "echo", "recv")
    client = spawn_script("""
        connect req $1 as client reconnect_ivl=10ms reconnect_ivl_max=40ms
        client send one
        client recv
        client wait disconnected
        client wait connected
        client send two
        client recv
        """, port)
    client.wait_for("^one$")
    first.kill()
    peer("peer", "rep", "bind", endpoint, "echo")
    client.wait_for("^two$")
    assert succeed(client.result())


def test_a_connection_that_is_never_made_again(spawn_script, peer, port):
    endpoint = f"tcp://127.0.0.1:{port}"
    first = peer("peer", "rep", "bind", endpoint, "echo", "recv")
    client = spawn_script("""
        connect req $1 as client reconnect_ivl=-1
        client send one
        client recv
        client wait disconnected
        print lost
        fails timeout within 500ms client wait connected
        """, port)
    client.wait_for("^one$")
    first.kill()
    client.wait_for("^lost$")
    peer("peer", "rep", "bind", endpoint, "recv")
    assert succeed(client.result())


# --- requests


def test_a_relaxed_req_may_ask_again_and_takes_the_right_reply(spawn_script, peer, port):
    # The ROUTER gives back each request, with the id before the delimiter that req_correlate adds.
    peer("peer", "router", "bind", f"tcp://127.0.0.1:{port}", "recv", "echo")
    client = spawn_script("""
        connect req $1 as client req_relaxed=1 req_correlate=1
        client wait connected
        client send first
        client send second
        client recv
        """, port)
    assert succeed(client.result()) == "second\n"


def test_probe_router_tells_a_router_who_is_there(spawn_script, peer, port):
    router = peer("peer", "router", "bind", f"tcp://127.0.0.1:{port}", "2*recv")
    probe = spawn_script(
        "connect dealer $1 as prober probe_router=1 routing_id=me\nwait connected\nsleep 1m\n", port, limit="never")
    router.wait_for(f"^got {b'me'.hex()} -$")
    assert probe.process.poll() is None, probe.report()


def test_router_handover_gives_the_id_to_the_second(spawn_script, peer, port):
    hub = spawn_script("""
        bind router $1 as hub router_handover=1
        hub recv
        hub recv
        hub to me World
        hub wait disconnected
        """, port)
    endpoint, me = f"tcp://127.0.0.1:{port}", b"me".hex()
    peer("peer", "dealer", "connect", endpoint, f"id {me}", f"send {b'first'.hex()}", "recv")
    hub.wait_for("^me first$")
    second = peer("peer", "dealer", "connect", endpoint, f"id {me}", f"send {b'second'.hex()}", "recv")
    hub.wait_for("^me second$")
    second.wait_for(f"^got {b'World'.hex()}$")


# --- publishers


def test_a_pub_that_conflates_gives_the_last_message_alone(spawn_script, peer, port):
    news = spawn_script("""
        bind pub $1 as news conflate=1
        news wait connected
        print connected
        # The subscription is on its way still: what is sent before it is dropped.
        loop { news send tick; sleep 1ms }
        """, port, limit="never")
    sub = peer("peer", "sub", "connect", f"tcp://127.0.0.1:{port}", "subscribe -", "3*recv")
    sub.wait_for(f"^got {b'tick'.hex()}\n^got {b'tick'.hex()}\n^got {b'tick'.hex()}$")
    news.signal(signal.SIGTERM)
    news.wait()


def test_subscribers_of_other_programs_are_counted(spawn_script, peer, port):
    news = spawn_script("""
        bind pub $1 as news
        print ready
        news wait subscribed weather 3
        print three
        news wait disconnected
        # Its subscription is taken back a moment after its connection.
        retry 500 every 10ms { news status | grep "2 to .weather" }
        """, port)
    news.wait_for("^ready$")
    subs = [peer("peer", "sub", "connect", f"tcp://127.0.0.1:{port}", f"subscribe {b'weather'.hex()}", "recv")
            for _ in range(3)]
    news.wait_for("^three$")
    subs[0].kill()
    assert succeed(news.result()).endswith("subscribers  2 to \"weather\"\n")


def test_the_last_value_is_sent_to_whoever_subscribes(spawn_script, peer, scripts, ports):
    source, sink = ports(), ports()
    publisher = spawn_script("""
        bind pub $1 as news
        news wait subscribed A
        news send A first
        news send A last
        print sent
        sleep 1m
        """, source, limit="never")
    cache = spawn_script(scripts / "cookbook" / "last_value_cache.zs", "A", source, sink)
    publisher.wait_for("^sent$")
    message = f"{b'A'.hex()} {b'last'.hex()}"
    for _ in range(2):
        # The last value reaches the cache some time; a subscriber that was too early would get it as news.
        late = peer("peer", "sub", "connect", f"tcp://127.0.0.1:{sink}", f"subscribe {b'A'.hex()}", "10*recv")
        late.wait_for(f"^got {message}$")
    assert cache.process.poll() is None, cache.report()


# --- transports


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
        return True
    except OSError:
        return False


@pytest.mark.skipif(not has_ipv6(), reason="no IPv6 here")
def test_ipv6_goes_both_ways(run_script, spawn_script, port):
    server = spawn_script("""
        bind rep tcp://[::1]:$1 as server ipv6=1
        print ready
        server recv as request
        print ${contains($request.peer, "::1")}
        server send $request
        """, port)
    server.wait_for("^ready$")
    client = run_script("connect req tcp://[::1]:$1 as client ipv6=1\nclient send Hello\nclient recv\n", port)
    assert succeed(client) == "Hello\n"
    assert "true" in succeed(server.result())


@pytest.mark.skipif(not has_ipv6(), reason="no IPv6 here")
def test_ipv6_is_turned_on_with_the_cure_that_is_told(run_script):
    result = run_script("""
        bind rep tcp://[::1]:0 as server ipv6=on
        connect req $server.endpoint as client
        fails timeout within 50ms client wait connected
        client set ipv6 on
        client reset
        client wait connected
        print $client.peers
        """)
    assert (result.stdout, result.exit) == ("1\n", 0), result


def test_a_path_of_the_systems_choice(spawn_script, peer):
    sink = spawn_script("bind pull ipc://* as sink\nprint ${sink.endpoint}\nsink recv\n")
    endpoint = sink.wait_for("^(ipc://.+)$")[1]
    peer("peer", "push", "connect", f"ipc://{os.path.join(sink_folder(sink), endpoint[6:])}",
         f"send {b'Hello'.hex()}")
    assert succeed(sink.result()).endswith("Hello\n")


def sink_folder(child):
    return os.readlink(f"/proc/{child.pid}/cwd") if os.path.exists("/proc") else "."


def test_an_abstract_name(spawn_script, peer, folder):
    name = "@" + str(folder).replace("/", "-")
    sink = spawn_script("bind pull $1 as sink\nprint ready\nsink recv\n", name)
    sink.wait_for("^ready$")
    peer("peer", "push", "connect", f"ipc://{name}", f"send {b'Hello'.hex()}")
    assert succeed(sink.result()) == "ready\nHello\n"


@pytest.mark.parametrize("transport", ["tcp", "ipc"])
def test_a_descriptor_that_listens_is_bound_with(binary, environment, peer, folder, transport):
    family = socket.AF_INET if transport == "tcp" else socket.AF_UNIX
    with socket.socket(family) as listener:
        listener.bind(("127.0.0.1", 0) if transport == "tcp" else f"{folder}/passed")
        listener.listen()
        endpoint = (f"tcp://127.0.0.1:{listener.getsockname()[1]}" if transport == "tcp"
                    else f"ipc://{folder}/passed")
        server = subprocess.Popen(
            [binary, "run", "-c", "bind rep $1 as server use_fd=$2; server recv as r; server send $r",
             endpoint, str(listener.fileno())],
            env=environment, cwd=folder, pass_fds=[listener.fileno()], stderr=subprocess.PIPE, text=True)
        try:
            client = peer("peer", "req", "connect", endpoint, f"send {b'Hello'.hex()}", "recv")
            client.wait_for(f"^got {b'Hello'.hex()}$")
            assert (server.communicate(timeout=LIMIT)[1], server.returncode) == ("", 0)
        finally:
            server.kill()
            server.wait()


def test_a_socks_proxy_is_gone_through(run_script, peer, port):
    peer("peer", "rep", "bind", f"tcp://127.0.0.1:{port}", "echo")
    asked = []
    proxy = socket.create_server(("127.0.0.1", 0))

    def serve():
        # RFC 1928: greeting, then CONNECT to an IPv4 address or a name.
        client, _ = proxy.accept()
        client.recv(2 + client.recv(2, socket.MSG_PEEK)[1])
        client.sendall(b"\x05\x00")
        request = client.recv(1000)
        asked.append(request)
        client.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01" + struct.pack(">H", port))
        target = socket.create_connection(("127.0.0.1", port))
        threading.Thread(target=copy, args=(client, target), daemon=True).start()
        copy(target, client)

    def copy(source, sink):
        try:
            while data := source.recv(4096):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    threading.Thread(target=serve, daemon=True).start()
    try:
        result = run_script(
            "connect req tcp://127.0.0.1:$1 as client socks_proxy=127.0.0.1:$2\nclient send Hello\nclient recv\n",
            port, proxy.getsockname()[1])
    finally:
        proxy.close()
    assert succeed(result) == "Hello\n"
    assert asked and asked[0][:3] == b"\x05\x01\x00" and asked[0][-2:] == struct.pack(">H", port)


@pytest.fixture
def wall():
    """The port of a listener that is full: what is sent there is dropped, as a firewall does."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=0)
    clients = []
    # Linux takes one more than the backlog; a few more make sure.
    for _ in range(4):
        clients.append(socket.socket())
        clients[-1].setblocking(False)
        clients[-1].connect_ex(listener.getsockname())
    yield listener.getsockname()[1]
    for one in [*clients, listener]:
        one.close()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse where a listener is full")
def test_a_connection_that_takes_longer_than_connect_timeout_is_told_as_such(run_script, wall):
    result = run_script("""
        connect req $1 as client connect_timeout=50ms
        retry 500 every 10ms { client status | grep "connect_timeout (50 ms)" > found }
        sh "cat found"
        """, wall)
    assert re.search(r": no peer; no answer came within connect_timeout \(50 ms\).*; it goes on trying by itself",
                     succeed(result)), result


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse where a listener is full")
def test_a_connection_that_nobody_answers_is_told(run_script, wall):
    result = run_script("""
        connect req $1 as client
        retry 500 every 10ms { client status | grep "nothing has answered for" > found }
        within 10ms client wait connected
        """, wall)
    assert result.exit == 5 and "or a firewall drops what is for this port" in result.stderr, result


def test_a_disconnect_while_the_proxy_says_nothing_is_refused_with_what_helps(run_script):
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        result = run_script("connect req example.com:80 as client socks_proxy=127.0.0.1:$1\nclient disconnect\n",
                            proxy.getsockname()[1])
    assert result.exit == 3 and "before its SOCKS proxy has let it through" in result.stderr, result
    assert "`close client` for the whole socket" in result.stderr


@pytest.mark.parametrize("option, name", [
    ("sndbuf", "net.core.wmem_max"), ("rcvbuf", "net.core.rmem_max"), ("backlog", "net.core.somaxconn")])
def test_what_the_system_gives_less_of_is_told(run_script, option, name):
    path = "/proc/sys/" + name.replace(".", "/")
    if not os.path.exists(path):
        pytest.skip("the system does not tell")
    with open(path) as file:
        most = int(file.read())
    result = run_script(f"bind rep :0 as one {option}={most}\nbind rep :0 as two {option}={most + 1}\n")
    assert (result.stdout, result.exit) == ("", 0)
    warnings = re.findall(r"warning: (.*)", result.stderr)
    assert len(warnings) == 1 and f"of '{option}' at most, and not" in warnings[0], result.stderr
    assert f"`sysctl -w {name}={most + 1}` as root" in result.stderr


# --- the context


def io_threads(pid):
    """The names of libzmq's I/O threads in a process."""
    names = []
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/comm") as comm:
            names.append(comm.read().strip())
    return sorted(name for name in names if "/IO/" in name)


@pytest.mark.skipif(not os.path.exists("/proc/self/task"), reason="reads /proc")
def test_a_context_has_the_threads_that_were_asked_for(spawn_script):
    child = spawn_script(
        "set context io_threads 3\nset context thread_name_prefix 7\nbind rep inproc://a as one\nprint ready\n"
        "sleep 1m\n", limit="never")
    child.wait_for("^ready$")
    # A thread takes its name when it first runs.
    deadline = time.monotonic() + LIMIT
    while (names := io_threads(child.pid)) != [f"7/ZMQbg/IO/{n}" for n in range(3)]:
        assert time.monotonic() < deadline, names
        time.sleep(0.01)


def test_a_context_with_too_few_sockets_says_so(run_script):
    # A monitor takes two more.
    result = run_script("set context max_sockets 2\nbind rep inproc://a as one\nbind rep inproc://b as two\n"
                        "bind rep inproc://c as three\n")
    assert result.exit == 3 and "Too many open files (EMFILE)" in result.stderr
    assert re.search(r"this program has 2 sockets open", result.stderr), result.stderr
