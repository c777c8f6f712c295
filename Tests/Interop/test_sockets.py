"""What users do to sockets, and what ZeroMQ does not tell them: pairs, types, names, resets, subscribers."""

import socket
import sys
import threading

import pytest

from harness.program import LIMIT


def succeed(result):
    assert (result.stderr, result.exit) == ("", 0), result
    return result.stdout


# --- nobody, the wrong one, one too many


def test_nobody_listens(run_script, port):
    result = run_script("connect req $1 as client linger=0 reconnect_ivl=10\nclient send Hello\nwithin 300ms client recv\n", port)
    assert result.exit == 5
    assert f"tcp://127.0.0.1:{port}: nobody listens there; tried " in result.stderr
    assert '"Hello" was sent ' in result.stderr and "to no peer yet" in result.stderr


def test_a_server_that_comes_later_is_found(spawn_script, peer, port):
    client = spawn_script("""
        connect req $1 as client
        client send Hello
        print sent
        client recv
        """, port)
    client.wait_for("^sent$")
    peer("peer", "rep", "bind", f"tcp://127.0.0.1:{port}", "echo")
    assert client.result(LIMIT) == ("sent\nHello\n", "", 0)


@pytest.mark.parametrize("endpoint", ["tcp", "ipc"], indirect=True)
@pytest.mark.parametrize("ours, theirs", [("req", "xpub"), ("sub", "rep"), ("push", "dealer"), ("pair", "router")])
def test_a_peer_of_a_type_that_does_not_fit_is_told_by_its_type(run_script, peer, endpoint, ours, theirs):
    # Who closes first decides what the monitor shows; the peer itself is asked.
    peer("peer", theirs, "bind", endpoint, "recv")
    result = run_script(f"connect {ours} $1 as client linger=0\nwithin 2s wait connected\n", endpoint)
    article = "an" if theirs.startswith("x") else "a"
    assert result.exit == 5
    assert f"it is {article} {theirs.upper()}, and a {ours.upper()} talks to " in result.stderr, result


def test_a_peer_of_another_type_over_an_abstract_name(run_script, peer, folder):
    name = str(folder).replace("/", "-")
    peer("peer", "xpub", "bind", f"ipc://@{name}", "recv")
    result = run_script(f"connect req @{name} as client linger=0\nwithin 2s wait connected\n")
    assert "it is an XPUB, and a REQ talks to REP or ROUTER alone" in result.stderr, result


# --- socket files


def test_a_socket_file_that_another_program_listens_at_is_left_alone(run_script, peer, folder):
    path = f"{folder}/there"
    first = peer("peer", "rep", "bind", f"ipc://{path}", "echo")
    result = run_script("bind rep $1 as second\n", path)
    assert result.exit == 3 and "Address already in use (EADDRINUSE)" in result.stderr
    assert "another program has it" in result.stderr
    assert succeed(run_script("connect req $1 as client\nsend Hello\nrecv\n", path)) == "Hello\n"
    first.wait_for("^done$")


def test_a_socket_file_that_a_dead_program_left_is_taken_over(run_script, peer, folder):
    path = f"{folder}/left"
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(path)
        dead.listen()
    assert succeed(run_script("bind rep $1 as server\nprint bound\n", path)) == "bound\n"


def test_a_second_pair_has_no_peer(run_script, port):
    result = run_script("""
        bind pair $1 as one
        connect pair $1 as two
        two wait connected
        two send Hello
        one recv
        connect pair $1 as three linger=0
        three send "lost on the way"
        fails timeout { timeout 200ms; one recv }
        one send World
        two recv
        """, port)
    assert (result.stdout, result.exit) == ("Hello\nWorld\n", 0), result
    assert f"'one' ignores a second peer at tcp://127.0.0.1:{port}: a PAIR has one peer" in result.stderr


@pytest.mark.parametrize("endpoint, message", [
    ("tcp://no-such-host.invalid:5546", "no-such-host.invalid"),
    ("tcp://:5546", "no host stands before ':5546'"),
    ("tcp://*:5546", "'*' is every interface of this machine, which only a bind can have"),
    (":0", "'0' asks for a free port, which only a bind can do"),
    ("tcp://127.0.0.1:70000", "port 70000 is beyond 65535"),
    ("tcp://127.0.0.1:-1", "port -1 is negative"),
    ("tcp://127.0.0.1:5555x", "'x' follows the port"),
    ("127.0.0.1", "'127.0.0.1' is no endpoint"),
    ("tcp:127.0.0.1:5546", "'://' is to follow tcp"),
    ("http://127.0.0.1:5546", "'http' is no transport of ZeroMQ"),
    ("tcp://256.0.0.1:5546", "256 is beyond 255"),
    ("tcp://::1:5546", "an IPv6 address stands in brackets"),
    ("inproc://", "no address follows inproc://"),
    ("ipc://*", "'*' asks for a path of the system's choice, which only a bind can do"),
])
def test_wrong_names_in_a_connect(run_script, endpoint, message):
    result = run_script(f"connect req '{endpoint}' as client\nwithin 300ms wait connected\n")
    assert result.exit in (2, 5) and message in result.stderr, result


def test_a_name_that_does_not_resolve_is_told_from_nobody(run_script):
    result = run_script("connect req tcp://no-such-host.invalid:5546\nwithin 300ms wait connected\n")
    assert result.exit == 5 and 'the name "no-such-host.invalid" cannot be resolved' in result.stderr


# --- ipc paths


@pytest.mark.parametrize("path", ["./a.sock", "./sub/a.sock", "{folder}/a.sock", "ipc://a.sock", "@{folder}", "./a b"])
def test_paths_of_ipc(run_script, folder, path):
    (folder / "sub").mkdir()
    word = "'" + path.format(folder=folder) + "'"
    printed = succeed(run_script(f"""
        bind rep {word} as server
        connect req {word} as client
        client send Hello
        server recv
        server send World
        client recv
        """))
    assert printed == "Hello\nWorld\n"


def test_a_socket_file_goes_with_its_socket(run_script, folder):
    succeed(run_script("bind rep ./a.sock as server\n"))
    assert not (folder / "a.sock").exists()


def test_a_socket_file_that_was_left_behind_is_bound_again(spawn_script, run_script):
    child = spawn_script("bind rep ./a.sock as server\nprint ready\nsleep 1h\n", limit="never")
    child.wait_for("^ready$")
    child.kill()
    assert succeed(run_script("bind rep ./a.sock as server\nprint $server.endpoint\n")) == "ipc://./a.sock\n"


@pytest.mark.parametrize("path, code", [
    ("./no/such/folder/a.sock", "ENOENT"), ("./file/a.sock", "ENOTDIR"), ("./folder", "EADDRINUSE"),
])
def test_paths_that_cannot_be_bound(run_script, folder, path, code):
    (folder / "file").write_text("")
    (folder / "folder").mkdir()
    result = run_script(f"bind rep {path} as server\n")
    assert result.exit == 3 and result.stderr.startswith("error: cannot bind 'server' to ipc://"), result


def test_a_file_that_is_no_socket_is_not_deleted(run_script, folder):
    (folder / "precious").write_text("data")
    result = run_script("bind rep ./precious as server\n")
    assert result.exit == 3 and (folder / "precious").read_text() == "data"


# --- unbind, disconnect, reset


def test_an_endpoint_that_was_unbound_takes_no_more_peers(run_script, ports):
    one, two = ports(), ports()
    printed = succeed(run_script("""
        bind pull $1 $2 as sink
        sink unbind $1
        connect push $1 as lost linger=0
        connect push $2 as out
        out send Hello
        sink recv
        fails timeout { timeout 200ms; lost wait connected }
        timeout 30s
        # The port is free again.
        bind pull $1 as other
        lost wait connected
        lost send "late, but there"
        other recv
        """, one, two))
    assert printed == 'Hello\n"late, but there"\n'


def test_a_disconnected_endpoint_gets_nothing_more(run_script, ports):
    one, two = ports(), ports()
    printed = succeed(run_script("""
        bind pull $1 as first
        bind pull $2 as second
        connect push $1 $2 as out
        out wait connected 2
        out disconnect $1
        first wait disconnected
        repeat 4 out send "$i"
        repeat 4 second recv
        fails timeout { timeout 50ms; first recv }
        """, one, two))
    assert printed == "1\n2\n3\n4\n"


def test_a_reset_keeps_endpoints_options_and_subscriptions(run_script, ports):
    one, two = ports(), ports()
    printed = succeed(run_script("""
        bind pub $1 as first
        bind pub $2 as second
        connect sub $1 $2 as news rcvhwm=7 linger=3s
        news subscribe weather sport
        news unsubscribe sport
        news subscribe traffic
        news reset
        # A publisher may still hold the old connection for a moment, and what it sends there is lost.
        retry 100 { first send "weather: fine"; within 100ms news expect "weather: fine" }
        retry 100 { second send traffic jam; within 100ms news expect traffic jam }
        first send sport no
        first send weather end
        retry 100 { within 1s news expect weather end }
        news get rcvhwm
        news get linger
        print $news.endpoint $news.peers
        """, one, two))
    assert printed == f"7 messages\n3 s\ntcp://127.0.0.1:{one} 2\n"


def test_a_reset_keeps_a_port_that_the_system_chose(run_script):
    printed = succeed(run_script("""
        bind rep :0 as server
        let port = $server.port
        connect req $port as client
        client send Hello
        server recv
        repeat 20 server reset
        if $server.port == $port { print same } else { print other }
        client reset
        client send again
        server recv
        server send World
        client recv
        """))
    assert printed == "Hello\nsame\nagain\nWorld\n"


def test_the_routing_id_survives_a_reset(run_script, port):
    printed = succeed(run_script("""
        bind router $1 as hub router_handover=1
        connect dealer $1 as worker routing_id=me
        worker send one
        hub recv
        worker reset
        worker send two
        hub recv
        hub send me "you again"
        worker recv
        """, port))
    assert printed == 'me one\nme two\n"you again"\n'


# --- subscribers


def test_a_pub_that_waits_for_its_subscriber_loses_nothing(run_script, port):
    for _ in range(5):
        printed = succeed(run_script("""
            bind pub $1 as news
            task reader {
              connect sub $1 as reader subscribe=weather
              reader recv
            }
            news wait subscribed weather
            news send weather sunny
            wait reader
            """, port))
        assert printed == "reader: weather sunny\n"


def test_a_pub_sees_subscribers_go(run_script, port):
    printed = succeed(run_script("""
        bind pub $1 as news
        connect sub $1 as one subscribe=a
        connect sub $1 as two subscribe=a subscribe=b
        news wait subscribed b
        # Of two who asked for the same, the one who goes takes only one away.
        close two
        news wait disconnected
        news wait subscribed a
        news send a still
        one recv
        """, port))
    assert printed == "a still\n"


def test_ipv6(run_script):
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            pass
    except OSError:
        pytest.skip("no IPv6 here")
    printed = succeed(run_script("""
        bind rep tcp://[::1]:0 as server ipv6=1
        connect req "tcp://[::1]:${$server.port}" as client ipv6=1
        client send Hello
        server recv as request
        print $request $request.peer
        """))
    assert printed.startswith("Hello ") and "::1" in printed


# --- why nobody is there


def test_a_host_that_does_not_even_refuse_is_told_from_one_that_does(run_script):
    # The system drops what comes for a listener whose queue is full, as a firewall does.
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        waiting = []
        for _ in range(3):
            client = socket.socket()
            client.setblocking(False)
            client.connect_ex(listener.getsockname())
            waiting.append(client)
        result = run_script("connect req $1 as client\nwithin 1500ms client wait connected\n", listener.getsockname()[1])
        for client in waiting:
            client.close()
    assert result.exit == 5
    assert "nothing has answered for 1." in result.stderr and "not even to refuse" in result.stderr, result


def test_what_is_wrong_with_a_socket_file_is_told(run_script, folder):
    left, plain, link = folder / "left", folder / "plain", folder / "link"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(left))
    plain.write_text("")
    link.symlink_to(folder / "nowhere")
    reasons = {
        left: "nobody listens there: the program that made the socket file has ended",
        plain: "the file there is no socket", link: "the link there leads nowhere",
        folder / "none": "there is no such socket file yet",
    }
    for path, reason in reasons.items():
        result = run_script("connect req $1 as client\nwithin 200ms client wait connected\n", path)
        assert result.exit == 5 and f"ipc://{path}: {reason}; " in result.stderr, result


def test_a_peer_of_an_older_protocol_is_there_once_it_speaks(run_script):
    # ZMTP 2.0 has no handshake that libzmq would tell of: RFC 15.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=speak_version_2, args=(listener,), daemon=True).start()
        result = run_script("""
            connect req $1 as client
            fails timeout { within 200ms wait connected }
            status
            send Hello
            recv
            print $client.peers
            """, listener.getsockname()[1])
    out = result.stdout.splitlines()
    assert (result.stderr, result.exit, out[-2:]) == ("", 0, ["World", "1"]), result
    assert "speaks ZMTP 2.0, as libzmq 3 did, which has no handshake" in result.stdout, result


def speak_version_2(listener):
    """A REP that answers each request with World."""
    def serve(connection):
        with connection:
            connection.sendall(b"\xff" + bytes(7) + b"\x01\x7f" + b"\x01" + b"\x04" + b"\0\0")
            said = b""
            while chunk := connection.recv(1 << 12):
                said += chunk
                if said.endswith(b"\x05Hello"):
                    connection.sendall(b"\x01\0" + b"\0\x05World")

    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=serve, args=(connection,), daemon=True).start()


def test_a_web_server_that_waits_for_a_line_is_told_as_none_of_ours(run_script, spawn, port):
    server = spawn(sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1", port)
    server.wait_for("Serving HTTP")
    result = run_script("connect req $1 as client\nwithin 500ms wait connected\n", port)
    assert result.exit == 5 and "it does not speak ZeroMQ's protocol: it said " in result.stderr, result


def test_a_peer_that_is_there_gets_what_is_sent_at_once_and_nothing_is_said(run_script, peer, port):
    sink = peer("peer", "pull", "bind", f"tcp://127.0.0.1:{port}", "5*recv")
    for number in range(5):
        result = run_script("connect push $1 as out\nout send $2\n", port, number)
        assert (result.stdout, result.stderr, result.exit) == ("", "", 0)
    for number in range(5):
        sink.wait_for(f"^got {str(number).encode().hex()}$")
