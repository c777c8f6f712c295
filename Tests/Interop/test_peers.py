"""What `peers` and `wait` know of peers that are another program's: each column, for each type, on tcp and ipc."""

import re
import signal

import pytest
import zmq

from harness.program import LIMIT


@pytest.fixture
def context():
    context = zmq.Context()
    yield context
    context.destroy(linger=0)


def table(text):
    """The rows of a table, each a dictionary."""
    lines = text.splitlines()
    starts = [found.start() for found in re.finditer(r"(?<=  )\S|^\S", lines[0])]
    rows = [[line[a:b].strip() for a, b in zip(starts, [*starts[1:], None])] for line in lines]
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def sections(text):
    """What stands between lines of `--`, and after the last."""
    return re.split(r"(?m)^--\n", text)


# Ours, theirs, what else fits ours, and whether theirs is told of before it sent: the table of RFC 23.
PAIRS = {
    "rep": ("req", "req or dealer"), "req": ("rep", "rep or router"), "router": ("dealer", "req or dealer or router"),
    "dealer": ("router", "rep or dealer or router"), "pub": ("sub", "sub or xsub"), "sub": ("pub", "pub or xpub"),
    "xpub": ("sub", "sub or xsub"), "xsub": ("pub", "pub or xpub"), "push": ("pull", "pull"),
    "pull": ("push", "push"), "pair": ("pair", "pair"),
}

# What our side does so that a message comes from theirs.
ASK = {"req": "here send ask", "dealer": "here send ask", "xsub": "here send hex:01", "sub": "here subscribe ''"}


def answer(theirs, kind, child):
    """Sends one message from their side, after what it waits for."""
    if kind in ("rep", "router"):
        frames = theirs.recv_multipart()
        theirs.send_multipart(frames)
    elif kind == "pub":
        # It must know of the subscription first; an XPUB can tell, and speaks as a PUB does.
        assert theirs.recv()[:1] == b"\1"
        theirs.send(b"news")
    elif kind == "sub":
        theirs.subscribe(b"weather")
        # A socket that nobody calls does nothing: it does not even take the peer that came to it.
        while child.process.poll() is None:
            theirs.poll(20)
    elif kind != "pull":
        theirs.send(b"hello")


def test_a_peer_that_left_and_came_back_was_disconnected(spawn_script, context, port):
    child = spawn_script("""
        bind pull $1 as here
        here wait connected
        print ready
        here expect first
        here expect second
        here wait disconnected
        here wait connected 2
        fails timeout within 50ms here wait disconnected
        print told
        here wait disconnected
        print $here.peers
        """, port)
    first, second, third = (context.socket(zmq.PUSH) for _ in range(3))
    first.connect(f"tcp://127.0.0.1:{port}")
    child.wait_for("^ready$")
    first.send(b"first")
    first.close()
    for peer in second, third:
        peer.connect(f"tcp://127.0.0.1:{port}")
    second.send(b"second")
    child.wait_for("^told$")
    second.close()
    assert child.result(LIMIT) == ("ready\ntold\n1\n", "", 0)


@pytest.mark.parametrize("endpoint", ["tcp", "ipc"], indirect=True)
@pytest.mark.parametrize("role", ["bind", "connect"])
@pytest.mark.parametrize("ours", PAIRS)
def test_each_column_is_true_before_and_after_the_first_message(spawn_script, context, endpoint, role, ours):
    kind, fitting = PAIRS[ours]
    theirs = context.socket(zmq.XPUB if kind == "pub" else getattr(zmq, kind.upper()))
    exact = {"pub": "xpub"}.get(kind, kind)
    theirs.setsockopt(zmq.ROUTING_ID, b"theirs")
    if role == "connect":
        theirs.bind(endpoint)
    receives = ours not in ("push", "pub")
    child = spawn_script(f"""
        {role} {ours} $1 as here
        print ready
        here wait connected
        here peers
        print --
        {ASK.get(ours, "")}
        {"here recv as message" if receives else "print"}
        {"here wait subscribed weather" if ours == "pub" else ""}
        print --
        here peers
        """, endpoint)
    child.wait_for("^ready$")
    if role == "bind":
        theirs.connect(endpoint)
    child.wait_for("^--$")
    answer(theirs, kind, child)
    output, errors, code = child.result(LIMIT)
    assert (errors, code) == ("", 0)
    before, _, after = sections(output.removeprefix("ready\n"))
    (first,), (last,) = table(before), table(after)

    address = endpoint.partition("://")[2]
    for row in (first, last):
        if endpoint.startswith("ipc"):
            assert row["ADDRESS"] == endpoint
        elif role == "connect":
            assert row["ADDRESS"] == address
        else:
            assert re.fullmatch(r"127\.0\.0\.1:\d+", row["ADDRESS"]) and row["ADDRESS"] != address
        assert re.fullmatch(r"[\d.]+ [µm]?s ago", row["CONNECTED"])
    # One that was connected to is asked what it is; of one that came, it is known where only one type fits.
    assert first["TYPE"] == (exact if role == "connect" else fitting)
    has_id = exact in ("req", "dealer", "router")
    assert first["ROUTING ID"] == ("theirs" if role == "connect" and has_id else "-")
    if ours == "pub":
        assert (first["SUBSCRIBED"], last["SUBSCRIBED"]) == ("nothing", '"weather"')
        return
    assert (first["LAST SEEN"], first["RECEIVED"]) == ("-", "0")
    if not receives:
        return
    assert last["RECEIVED"] == "1" and re.fullmatch(r"[\d.]+ [µm]?s ago", last["LAST SEEN"])
    assert last["TYPE"] == exact
    assert last["ROUTING ID"] == ("theirs" if has_id else "-")


def test_a_plain_tcp_peer_of_a_stream(spawn_script, port):
    import socket

    child = spawn_script("""
        bind stream $1 as here
        print ready
        here recv as id nothing
        here recv as id text
        here peers
        """, port)
    child.wait_for("^ready$")
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"GET /")
        output, errors, code = child.result(LIMIT)
        assert (errors, code) == ("", 0)
        (row,) = table(output.removeprefix("ready\n"))
        assert row["ADDRESS"] == "127.0.0.1:%d" % client.getsockname()[1]
    assert row["TYPE"] == "plain" and row["RECEIVED"] == "2" and row["ROUTING ID"] == "@1"


def test_a_peer_that_comes_back_is_counted_anew(spawn_script, context, port):
    child = spawn_script("""
        bind router $1 as here
        here recv as id _
        here recv as id _
        here peers
        print --
        here wait disconnected
        print lost
        here wait connected
        here recv as id _
        here peers
        """, port)

    def send(count):
        peer = context.socket(zmq.DEALER)
        peer.setsockopt(zmq.ROUTING_ID, b"w")
        peer.connect(f"tcp://127.0.0.1:{port}")
        for _ in range(count):
            peer.send(b"x")
        return peer

    peer = send(2)
    child.wait_for("^--$")
    peer.close(linger=0)
    # Earlier, its routing id would still be taken.
    child.wait_for("^lost$")
    peer = send(1)
    output, errors, code = child.result(LIMIT)
    assert (errors, code) == ("", 0)
    before, after = sections(output)
    assert [(row["ROUTING ID"], row["RECEIVED"]) for row in table(before)] == [("w", "2")]
    assert [(row["ROUTING ID"], row["RECEIVED"]) for row in table(after.removeprefix("lost\n"))] == [("w", "1")]


@pytest.mark.parametrize("endpoint", ["tcp", "ipc"], indirect=True)
def test_a_reset_forgets_what_came_before(spawn_script, context, endpoint):
    child = spawn_script("""
        bind pull $1 as here
        repeat 3 here recv as message
        here reset
        print reset
        here wait connected
        here peers
        print --
        here recv as message
        here peers
        """, endpoint)
    peer = context.socket(zmq.PUSH)
    peer.reconnect_ivl = 10
    peer.connect(endpoint)
    for _ in range(3):
        peer.send(b"x")
    child.wait_for("^--$")
    peer.send(b"x")
    output, errors, code = child.result(LIMIT)
    assert (errors, code) == ("", 0)
    before, after = sections(output.removeprefix("reset\n"))
    assert [row["RECEIVED"] for row in table(before)] == ["0"]
    assert [row["RECEIVED"] for row in table(after)] == ["1"]


# --- waiting for peers


def test_so_many_peers_are_waited_for_and_lost(spawn_script, context, port):
    child = spawn_script("""
        bind pull $1 as here
        fails timeout within 50ms here wait connected
        print none
        here wait connected 3
        print three $here.peers
        fails timeout within 50ms here wait connected 4
        fails timeout within 50ms here wait disconnected
        print wait
        here wait disconnected
        print left $here.peers
        """, port)
    child.wait_for("^none$")
    peers = [context.socket(zmq.PUSH) for _ in range(3)]
    for peer in peers:
        peer.connect(f"tcp://127.0.0.1:{port}")
    child.wait_for("^wait$")
    peers[1].close(linger=0)
    assert child.result(LIMIT) == ("none\nthree 3\nwait\nleft 2\n", "", 0)


@pytest.mark.parametrize("endpoint", ["tcp", "ipc"], indirect=True)
def test_subscribers_to_a_topic_are_counted_by_peers(spawn_script, context, endpoint):
    child = spawn_script("""
        bind pub $1 as news
        news wait subscribed weather
        fails timeout within 100ms news wait subscribed weather 2
        print one
        news wait subscribed weather 2
        news send "weather: rain"
        print two
        news wait disconnected
        fails timeout within 100ms news wait subscribed weather 2
        news wait subscribed weather 1
        print one again
        """, endpoint)
    first, second = (context.socket(zmq.XSUB) for _ in range(2))
    first.connect(endpoint)
    # A peer that asks twice is one subscriber; XSUB_VERBOSE_UNSUBSCRIBE and proxies pass both on.
    first.send(b"\1weather")
    first.send(b"\1weather")
    first.send(b"\1weather: ")
    child.wait_for("^one$")
    second.connect(endpoint)
    second.send(b"\1weather")
    child.wait_for("^two$")
    assert first.recv() == second.recv() == b"weather: rain"
    first.close(linger=0)
    assert child.result(LIMIT) == ("one\ntwo\none again\n", "", 0)


@pytest.mark.parametrize("endpoint", ["tcp", "ipc"], indirect=True)
@pytest.mark.parametrize("role", ["bind", "connect"])
def test_a_peer_that_is_killed_is_missed(spawn_script, peer, endpoint, role):
    theirs = "connect" if role == "bind" else "bind"
    other = None if role == "bind" else peer("peer", "pair", theirs, endpoint, "recv")
    child = spawn_script(f"""
        {role} pair $1 as here
        print ready
        here wait connected
        print connected
        here wait disconnected
        print lost $here.peers
        here status
        """, endpoint)
    child.wait_for("^ready$")
    other = other or peer("peer", "pair", theirs, endpoint, "recv")
    child.wait_for("^connected$")
    other.signal(signal.SIGKILL)
    output, errors, code = child.result(LIMIT)
    assert (errors, code) == ("", 0) and "lost 0" in output
    assert re.search(r"(?m)^lost +1 connection, the last .* ago$", output)


def test_a_peer_that_stands_still_is_missed_and_comes_back(spawn_script, peer, port):
    other = peer("peer", "dealer", "bind", f"tcp://127.0.0.1:{port}", "recv", "recv")
    child = spawn_script("""
        connect dealer $1 as here heartbeat_ivl=50ms heartbeat_timeout=200ms
        here wait connected
        here send one
        print connected
        here wait disconnected
        print lost
        here wait connected
        here send two
        """, port)
    child.wait_for("^connected$")
    other.wait_for("got 6f6e65")
    other.signal(signal.SIGSTOP)
    child.wait_for("^lost$")
    other.signal(signal.SIGCONT)
    assert child.result(LIMIT) == ("connected\nlost\n", "", 0)
    other.wait_for("got 74776f")


@pytest.mark.parametrize("fact", ["connected", "disconnected", "subscribed news 2"])
def test_an_interrupt_ends_the_wait(spawn_script, context, port, fact):
    child = spawn_script(f"""
        bind pub $1 as here
        {"here wait subscribed" if fact != "connected" else ""}
        print ready
        here wait {fact}
        """, port, limit="never")
    peer = context.socket(zmq.SUB)
    if fact != "connected":
        peer.connect(f"tcp://127.0.0.1:{port}")
        peer.subscribe(b"news")
    child.wait_for("^ready$")
    child.signal(signal.SIGINT)
    assert child.wait() == 130, child.report()


# --- what libzmq drops


def test_a_routing_id_that_another_program_has_taken_is_told_at_the_router(spawn_script, context, port):
    child = spawn_script("""
        bind router $1 as hub
        hub recv as id body
        print ready
        hub wait connected 2
        print two
        # libzmq drops it: there is nothing to wait for but time.
        fails timeout within 300ms hub recv
        hub peers
        print --
        within 100ms hub recv
        """, port)

    def dealer():
        peer = context.socket(zmq.DEALER)
        peer.setsockopt(zmq.ROUTING_ID, b"worker")
        # The handshake is done when libzmq tells so, which it does once.
        monitor = peer.get_monitor_socket(zmq.EVENT_HANDSHAKE_SUCCEEDED)
        peer.connect(f"tcp://127.0.0.1:{port}")
        assert monitor.poll(LIMIT * 1000)
        peer.disable_monitor()
        return peer

    first = dealer()
    first.send(b"hello")
    child.wait_for("^ready$")
    second = dealer()
    child.wait_for("^two$")
    second.send(b"hello?")
    output, errors, code = child.result(LIMIT)
    rows = table(sections(output.removeprefix("ready\ntwo\n"))[0])
    assert [row["TYPE"] for row in rows] == ["dealer", "req or dealer or router (ignored)"], output
    assert code == 5 and "router_handover=1" in errors
    address = rows[1]["ADDRESS"]
    assert f"{address} sends, and nothing of it arrives: another peer has its routing id, it seems" in errors


def test_a_long_message_right_behind_the_handshake_shows_a_taken_id_too(spawn_script, context, port):
    child = spawn_script("""
        bind router $1 as hub
        hub recv as id body
        print ready
        hub wait connected 2
        within 300ms hub recv
        """, port)
    peers = []
    for text in (b"hello", b"x" * 400):
        peer = context.socket(zmq.DEALER)
        peer.setsockopt(zmq.ROUTING_ID, b"worker")
        peer.connect(f"tcp://127.0.0.1:{port}")
        peer.send(text)
        peers.append(peer)
        if text == b"hello":
            child.wait_for("^ready$")
    output, errors, code = child.result(LIMIT)
    # What came before the handshake was told is counted with it; what came after is seen to grow.
    assert code == 5 and "another peer has its routing id, it seems" in errors, errors


def test_two_peers_with_ids_of_their_own_are_not_suspected(spawn_script, context, port):
    child = spawn_script("""
        bind router $1 as hub
        hub recv as id body
        print ready
        hub wait connected 2
        fails timeout within 300ms hub recv
        hub peers
        """, port)
    peers = []
    for name in (b"one", b"another"):
        peer = context.socket(zmq.DEALER)
        peer.setsockopt(zmq.ROUTING_ID, name)
        peer.setsockopt(zmq.HEARTBEAT_IVL, 20)
        peer.connect(f"tcp://127.0.0.1:{port}")
        if not peers:
            peer.send(b"hello")
            child.wait_for("^ready$")
        peers.append(peer)
    output, errors, code = child.result(LIMIT)
    assert (errors, code) == ("", 0) and "ignored" not in output


def test_a_dealer_is_told_that_a_rep_drops_what_has_no_delimiter(spawn_script, context, port):
    server = context.socket(zmq.REP)
    server.bind(f"tcp://127.0.0.1:{port}")
    child = spawn_script("""
        connect dealer $1 as here
        here wait connected
        here send Hello
        fails timeout within 100ms here recv
        here send "" Hello
        print sent
        here expect "" World
        here send Hello
        within 100ms here recv
        """, port)
    child.wait_for("^sent$")
    assert server.recv() == b"Hello"
    server.send(b"World")
    output, errors, code = child.result(LIMIT)
    assert code == 5
    assert f"127.0.0.1:{port}, a REP, drops a message without an empty frame before the body" in errors
    assert 'help: `send "" Hello`' in errors


def test_a_client_that_says_nothing_does_not_hide_one_that_was_refused(spawn_script, context, ports):
    import socket

    port, signals = ports(), ports()
    child = spawn_script("""
        bind rep $1 as server curve server
        bind pull $2 as go
        print ready
        go recv as m
        within 200ms server wait connected
        """, port, signals)
    child.wait_for("^ready$")
    # A client with the key of another server: this one turns it away, whoever closes first.
    stranger = context.socket(zmq.REQ)
    stranger.curve_publickey, stranger.curve_secretkey = zmq.curve_keypair()
    stranger.curve_serverkey, _ = zmq.curve_keypair()
    stranger.reconnect_ivl = -1
    monitor = stranger.get_monitor_socket(zmq.EVENT_DISCONNECTED)
    stranger.connect(f"tcp://127.0.0.1:{port}")
    assert monitor.poll(LIMIT * 1000)
    stranger.disable_monitor()
    with socket.create_connection(("127.0.0.1", port)):
        go = context.socket(zmq.PUSH)
        go.connect(f"tcp://127.0.0.1:{signals}")
        go.send(b"")
        output, errors, code = child.result(LIMIT)
    assert code == 5
    assert "a client with another server key was turned away" in errors
    assert "a client connected " in errors and "has said nothing since" in errors


def test_a_full_queue_says_which_message_waits(spawn_script, context, port):
    # A peer with a small queue that reads nothing.
    sink = context.socket(zmq.PULL)
    sink.rcvhwm = 1
    sink.setsockopt(zmq.RCVBUF, 4096)
    sink.bind(f"tcp://127.0.0.1:{port}")
    result = spawn_script("""
        connect push $1 as out sndhwm=1 sndbuf=4KiB linger=0
        out wait connected
        try { within 300ms repeat 5000 out send zeros:64KiB } catch { print $out.sent }
        within 300ms out send "this one"
        """, port).result(LIMIT)
    sent = int(result.stdout)
    assert result.exit == 5
    assert "the queue to the peer is full (sndhwm is 1 message): it reads too slowly, or not at all" in result.stderr
    assert re.search(rf"it is message {sent + 1}; the one before it was taken [\d.]+ m?s ago", result.stderr)
    assert re.search(r"as many as sndhwm says wait here, and \d+ bytes on the way", result.stderr)
    assert "`out reset` drops what waits" in result.stderr


def slow_subscriber(context, port, hwm=1):
    slow = context.socket(zmq.SUB)
    slow.rcvhwm = hwm
    slow.setsockopt(zmq.RCVBUF, 4096)
    slow.connect(f"tcp://127.0.0.1:{port}")
    slow.subscribe(b"")
    return slow


def test_what_a_pub_drops_for_a_slow_subscriber_is_counted(spawn_script, context, port):
    child = spawn_script("""
        bind pub $1 as news sndhwm=1 sndbuf=4KiB linger=1m
        news wait subscribed
        repeat 500 news send "message $i" zeros:64KiB
        news status
        print --
        news wait disconnected
        """, port)
    slow = slow_subscriber(context, port)
    child.wait_for("^--$")
    # What was not dropped comes: not one message went missing uncounted.
    came = 0
    while slow.poll(LIMIT * 1000 if came == 0 else 1000):
        assert len(slow.recv_multipart()) == 2
        came += 1
    slow.close(linger=0)
    output, errors, code = child.result(LIMIT)
    assert code == 0 and errors.count("warning: 'news' dropped a message: a subscriber is too far behind") == 1
    dropped = re.search(r"(?m)^dropped +(\d+) messages? that a subscriber's full queue did not take$", output)
    assert dropped and came + int(dropped[1]) == 500, (came, output)


def test_a_slow_subscriber_takes_nothing_from_the_others(spawn_script, context, ports):
    port, back = ports(), ports()
    child = spawn_script("""
        bind pub $1 as news sndhwm=5 sndbuf=4KiB linger=1m
        bind pull $2 as answers
        news wait subscribed '' 2
        for n in 1..200 {
          news send "message $n" zeros:64KiB
          answers recv as m
        }
        news status
        """, port, back)
    slow = slow_subscriber(context, port)
    quick = slow_subscriber(context, port, hwm=1000)
    answers = context.socket(zmq.PUSH)
    answers.connect(f"tcp://127.0.0.1:{back}")
    for number in range(1, 201):
        assert quick.recv_multipart()[0] == b"message %d" % number
        answers.send(b"")
    output, errors, code = child.result(LIMIT)
    assert code == 0 and "dropped a message: a subscriber is too far behind" in errors
    assert re.search(r"(?m)^dropped +at least \d+ messages? that a subscriber's full queue did not take$", output)
    assert slow
