"""Every messaging pattern against pyzmq: over tcp and ipc, whoever binds, any bytes."""

import pytest

from harness.program import LIMIT

BOTH_TRANSPORTS = pytest.mark.parametrize("endpoint", ["tcp", "ipc"], indirect=True)
BOTH_DIRECTIONS = pytest.mark.parametrize("ours, theirs", [("bind", "connect"), ("connect", "bind")])

EVERY_BYTE = bytes(range(256))
PAYLOAD = [EVERY_BYTE, b"", b"Hello", b"Hello World", "Grüße".encode(), b"$name {x} #1; 'q' \"d\" \\", b"hex:00"]


def cooked(frame):
    """A frame as a cooked word, every byte of it escaped."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in frame) + '"'


def words(frames):
    return " ".join(cooked(frame) for frame in frames)


def hexes(frames):
    """A message as the peers write it."""
    return " ".join(frame.hex() or "-" for frame in frames)


def succeed(result):
    assert (result.stderr, result.exit) == ("", 0), result
    return result.stdout


@BOTH_TRANSPORTS
@BOTH_DIRECTIONS
def test_a_request_of_any_bytes_comes_back_and_can_be_typed_again(run_script, peer, endpoint, ours, theirs):
    script = f"{ours} req $1 as client\nclient wait connected\nclient send %s\nclient recv\n"
    server = peer("peer", "rep", theirs, endpoint, "2*echo")
    printed = succeed(run_script(script % words(PAYLOAD), endpoint))
    server.wait_for(f"^got {hexes(PAYLOAD)}$")
    assert printed.rstrip("\n").isprintable(), "no control character reaches a terminal"
    assert succeed(run_script(script % printed.rstrip("\n"), endpoint)) == printed
    server.wait_for(f"^got {hexes(PAYLOAD)}$")
    server.wait_for("^done$")


@BOTH_TRANSPORTS
@BOTH_DIRECTIONS
def test_our_rep_gives_any_bytes_back(spawn_script, peer, endpoint, ours, theirs):
    server = spawn_script(
        f"{ours} rep $1 as server\nserver recv as request\nserver send $request\n", endpoint)
    client = peer("peer", "req", theirs, endpoint, f"send {hexes(PAYLOAD)}", "recv")
    client.wait_for(f"^got {hexes(PAYLOAD)}$")
    assert succeed(server.result()) == ""


@pytest.mark.parametrize("frames, printed", [
    ([b"Hello"], "Hello"),
    ([b"Hello World"], '"Hello World"'),
    ([b""], '""'),
    ([b"\x00\xff"], '"\\0\\xff"'),
    ([b"id", b"", b"World"], 'id "" World'),
    ([b"\x1b[31mred"], '"\\e[31mred"'),
])
def test_recv_prints_words_that_can_be_typed_back(run_script, peer, port, frames, printed):
    endpoint = f"tcp://127.0.0.1:{port}"
    peer("peer", "push", "bind", endpoint, f"send {hexes(frames)}")
    assert succeed(run_script("connect pull $1 as sink\nrecv\n", endpoint)) == printed + "\n"
    sink = peer("peer", "pull", "bind", f"tcp://127.0.0.1:{port + 1}", "recv")
    succeed(run_script(f"connect push $1 as out\nsend {printed}\n", f"tcp://127.0.0.1:{port + 1}"))
    sink.wait_for(f"^got {hexes(frames)}$")


@BOTH_TRANSPORTS
@BOTH_DIRECTIONS
def test_our_dealer_writes_the_envelope_that_a_router_sees(run_script, peer, endpoint, ours, theirs):
    server = peer("peer", "router", theirs, endpoint, "echo")
    printed = succeed(run_script(
        f'{ours} dealer $1 as worker routing_id=me\nwait connected\nsend "" Hello\nrecv\n', endpoint))
    server.wait_for(f"^got {hexes([b'me', b'', b'Hello'])}$")
    assert printed == '"" Hello\n'


@BOTH_TRANSPORTS
@BOTH_DIRECTIONS
def test_our_router_sees_and_writes_the_envelope_of_a_dealer(spawn_script, peer, endpoint, ours, theirs):
    server = spawn_script(f'{ours} router $1 as hub\nrecv\nsend me "" World\n', endpoint)
    client = peer("peer", "dealer", theirs, endpoint, f"id {b'me'.hex()}", f"send {hexes([b'', b'Hello'])}", "recv")
    client.wait_for(f"^got {hexes([b'', b'World'])}$")
    assert succeed(server.result()) == 'me "" Hello\n'


def test_our_router_answers_a_req_by_its_random_id(spawn_script, peer, port):
    endpoint = f"tcp://127.0.0.1:{port}"
    server = spawn_script('bind router $1 as hub\nrecv as request\nsend $request[0] "" World\n', endpoint)
    client = peer("peer", "req", "connect", endpoint, f"send {b'Hello'.hex()}", "recv")
    client.wait_for(f"^got {b'World'.hex()}$")
    assert succeed(server.result()) == ""


@BOTH_TRANSPORTS
@BOTH_DIRECTIONS
def test_our_pub_sends_a_subscriber_its_topics(spawn_script, peer, endpoint, ours, theirs):
    pub = spawn_script(f"""
        {ours} pub $1 as news
        news wait subscribed weather
        news send weather sunny
        news send sport 3:1
        news send "weather: end"
        """, endpoint)
    sub = peer("peer", "sub", theirs, endpoint, f"subscribe {b'weather'.hex()}", "2*recv")
    sub.wait_for(f"^got {hexes([b'weather', b'sunny'])}\n^got {hexes([b'weather: end'])}$")
    assert succeed(pub.result()) == ""


@BOTH_TRANSPORTS
@BOTH_DIRECTIONS
def test_our_sub_receives_its_topics(run_script, peer, endpoint, ours, theirs):
    peer("peer", "xpub", theirs, endpoint, "subscribed",
         f"send {hexes([b'sport', b'3:1'])}", f"send {hexes([b'weather', b'sunny'])}")
    printed = succeed(run_script(
        f"socket sub as news\nnews subscribe weather\n{ours} news $1\nnews recv\n", endpoint))
    assert printed == "weather sunny\n"


@BOTH_TRANSPORTS
@BOTH_DIRECTIONS
def test_our_push_loses_nothing_and_keeps_the_order(run_script, peer, endpoint, ours, theirs):
    check_push(run_script, peer, endpoint, ours, theirs, 500)


def test_our_push_waits_for_a_sink_that_is_slower(run_script, peer, port):
    check_push(run_script, peer, f"tcp://127.0.0.1:{port}", "connect", "bind", 20_000)


def test_our_push_over_ipc_loses_no_tail(run_script, peer, folder):
    check_push(run_script, peer, f"ipc://{folder}/socket", "connect", "bind", 20_000, wait=10)


def check_push(run_script, peer, endpoint, ours, theirs, count, wait=LIMIT):
    """Everything that our PUSH sent arrives, in order, also when the script ends right after it."""
    sink = peer("peer", "pull", theirs, endpoint, f"{count}*recv")
    succeed(run_script(
        f'{ours} push $1 as out\nwait connected\nrepeat {count} {{ send "message $i" }}\n', endpoint))
    sink.wait_for("^done$", timeout=wait)
    got = [line.split()[1] for line in sink.text().splitlines() if line.startswith("got")]
    assert got == [f"message {i}".encode().hex() for i in range(1, count + 1)]


@BOTH_TRANSPORTS
@BOTH_DIRECTIONS
def test_our_pull_receives_what_a_push_sent_in_order(run_script, peer, endpoint, ours, theirs):
    peer("peer", "push", theirs, endpoint, *(f"send {str(i).encode().hex()}" for i in range(500)))
    printed = succeed(run_script(f"{ours} pull $1 as sink\nrepeat 500 {{ recv }}\n", endpoint))
    assert printed.split() == [str(i) for i in range(500)]


@BOTH_TRANSPORTS
@BOTH_DIRECTIONS
def test_a_pair_talks_both_ways(run_script, peer, endpoint, ours, theirs):
    other = peer("peer", "pair", theirs, endpoint, f"send {b'one'.hex()}", f"send {b'two'.hex()}", "2*recv")
    printed = succeed(run_script(
        f"{ours} pair $1 as end\nrecv\nrecv\nsend three\nsend four\n", endpoint))
    assert printed == "one\ntwo\n"
    other.wait_for(f"^got {b'three'.hex()}\n^got {b'four'.hex()}$")


@BOTH_TRANSPORTS
def test_a_req_talks_to_a_rep_written_in_c(run_script, c_peer, endpoint):
    c_peer("rep_echo", endpoint)
    printed = succeed(run_script(f"""
        connect req $1 as client
        repeat 100 {{ send {words(PAYLOAD)}; recv as reply }}
        send $reply
        recv as again
        send Hello World ""
        recv
        """, endpoint))
    assert printed == 'Hello World ""\n'


def test_a_push_reaches_a_sink_written_in_c_whole(run_script, c_peer, port):
    endpoint = f"tcp://127.0.0.1:{port}"
    sink = c_peer("pull_sink", endpoint, 100_000)
    succeed(run_script('connect push $1 as out\nrepeat 100000 { send "message $i" }\n', endpoint))
    size = sum(len(f"message {i}") for i in range(1, 100_001))
    sink.wait_for(f"^took 100000 {size} message 100000$")
