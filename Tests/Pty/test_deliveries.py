"""What the prompt says of each send: to whom it went, that it waits for a peer, or that nobody gets it."""

import re

import pytest
import zmq

from harness.terminal import CTRL_C


@pytest.fixture
def context():
    context = zmq.Context()
    yield context
    context.destroy(linger=0)


@pytest.fixture
def prompt(terminal):
    """A shell, and `say(line)`: types a line and gives what the shell answered."""
    shell = terminal(columns=120, rows=50)
    shell.wait_prompt("zsh-mq> ")

    def say(line, until=None):
        shell.send("\x0c")
        shell.wait_until(lambda: shell.text.count("\n") == 0, "the cleared screen")
        shell.enter(line)
        if until:
            shell.wait_for(until)
        shell.wait_until(lambda: shell.line.endswith("> "), "the next prompt")
        # How long a line took depends on the machine.
        return [text for text in shell.text.splitlines()[1:-1] if not text.startswith("took ")]

    say.shell = shell
    # Whoever comes and goes would be told between the lines.
    shell.enter("monitor off", "zsh-mq> ")
    return say


def test_one_of_several_peers_gets_it(prompt, context, port):
    prompt(f"bind push {port} as out")
    peers = [context.socket(zmq.PULL) for _ in range(2)]
    for number, peer in enumerate(peers, start=1):
        peer.connect(f"tcp://127.0.0.1:{port}")
        prompt.shell.wait_prompt(f"out {number} peer{'s' if number > 1 else ''}> ")
        assert prompt("send x") == ["sent to 1 peer" if number == 1 else "sent to one of 2 peers"]


def test_what_waits_for_a_peer_is_queued(prompt, context, port):
    prompt(f"connect dealer {port} as out", until="nobody listens")
    told = prompt("send x")
    assert told.pop(1).startswith(f"   = note: tcp://127.0.0.1:{port}: nobody listens there; ")
    assert told == [
        "note: queued: no peer yet", "   = help: it goes out once a peer connects; `wait connected` waits for one"]
    assert prompt("repeat 3 { send x }") == ["note: 3 messages queued: no peer yet"], "the cure is known"
    sink = context.socket(zmq.DEALER)
    sink.bind(f"tcp://127.0.0.1:{port}")
    prompt.shell.wait_prompt("out 1 peer> ")
    assert [sink.recv() for _ in range(4)] == [b"x"] * 4


@pytest.mark.parametrize("ours, theirs", [("push", zmq.PULL), ("dealer", zmq.DEALER)])
def test_a_message_for_one_of_several_endpoints_is_seen_to_go_there(prompt, context, ports, ours, theirs):
    there, nowhere = ports(), ports()
    sink = context.socket(theirs)
    sink.bind(f"tcp://127.0.0.1:{there}")
    prompt(f"connect {ours} {there} {nowhere} as out", until="nobody listens")
    assert prompt("send x") == [f"sent to tcp://127.0.0.1:{there}"]
    assert prompt("repeat 4 { send x }") == ["4 messages sent to 1 peer or queued for 1 not there yet, in turn"]
    prompt(f"disconnect out {nowhere}")
    assert prompt("send x") == ["sent to 1 peer"]


def test_over_ipc_it_cannot_be_seen(prompt, context, folder):
    sink = context.socket(zmq.PULL)
    sink.bind(f"ipc://{folder}/there")
    prompt(f"connect push {folder}/there {folder}/nowhere as out", until="there is no such socket file yet")
    assert prompt("send x") == ["sent to 1 peer, or queued for 1 not there yet"]


def test_a_request_for_a_server_that_is_not_there_is_told_as_such(prompt, context, ports):
    there, later = ports(), ports()
    servers = [context.socket(zmq.REP) for _ in range(2)]
    servers[0].bind(f"tcp://127.0.0.1:{there}")
    prompt(f"connect req {there} {later} as client", until="nobody listens")
    assert prompt("send one") == [f"sent to tcp://127.0.0.1:{there}"]
    servers[0].send(servers[0].recv())
    assert prompt("recv") == ["one"]
    queued = f"queued for tcp://127.0.0.1:{later}"
    assert prompt("send two") == [
        f"note: {queued}: no peer is there yet",
        "   = help: each endpoint has its turn; with `immediate=1` those without a peer have none"]

    prompt.shell.send("\x0c")
    prompt.shell.enter("recv")
    prompt.shell.wait_for(f'note: "two" is {queued}: nobody listens there')
    prompt.shell.send(CTRL_C)
    prompt.shell.wait_until(lambda: prompt.shell.line.endswith("> "), "the next prompt")
    answer = "\n".join(prompt("send three"))
    assert re.search(rf'"two" was sent .* ago and is {queued}, where no peer is', answer), answer
    assert "`client set immediate 1`, then `client reset`" in answer

    # That the other server goes changes nothing: the request is not there.
    servers[0].close()
    prompt.shell.wait_prompt("client awaiting reply, no peer> ")
    assert not any("never come" in line for line in prompt("status"))
    servers[1].bind(f"tcp://127.0.0.1:{later}")
    servers[1].send(servers[1].recv())
    assert prompt("recv") == ["two"]


def test_only_servers_that_are_there_get_requests_with_the_cure(prompt, context, ports):
    there, nowhere = ports(), ports()
    server = context.socket(zmq.REP)
    server.bind(f"tcp://127.0.0.1:{there}")
    prompt(f"connect req {there} {nowhere} as client", until="nobody listens")
    prompt("set immediate 1", until="reset")
    prompt("reset")
    prompt("wait connected")
    for word in "one", "two":
        assert prompt(f"send {word}")[0].startswith("sent to ")
        server.send(server.recv())
        assert prompt("recv") == [word]


def test_the_server_that_has_the_request_is_known_to_have_gone(prompt, context, ports):
    numbers = [ports(), ports()]
    servers = [context.socket(zmq.REP) for _ in numbers]
    for server, number in zip(servers, numbers):
        server.bind(f"tcp://127.0.0.1:{number}")
    prompt(f"connect req {numbers[0]} {numbers[1]} as client")
    prompt("wait connected 2")
    assert prompt("send one") == [f"sent to tcp://127.0.0.1:{numbers[0]}"]
    servers[1].close()
    prompt.shell.wait_prompt("client awaiting reply, 1 peer> ")
    assert not any("never come" in line for line in prompt("status"))
    servers[0].close()
    prompt.shell.wait_prompt("client awaiting reply, no peer> ")
    assert any(f"the peer at tcp://127.0.0.1:{numbers[0]} disconnected, after the request" in line
               for line in prompt("status"))


def test_a_pub_tells_how_many_subscriptions_match(prompt, context, port):
    prompt(f"bind pub {port} as news")
    first, second = context.socket(zmq.SUB), context.socket(zmq.SUB)
    for subscriber, topics in ((first, (b"weather", b"w")), (second, (b"weather", b"sport"))):
        subscriber.connect(f"tcp://127.0.0.1:{port}")
        for topic in topics:
            subscriber.subscribe(topic)
    assert prompt("wait subscribed weather 2; wait subscribed sport; wait subscribed w") == []
    assert prompt("send 'weather: rain'") == ["sent to 2 subscribers"]
    assert prompt("send wind") == ["sent to 1 subscriber"]
    assert prompt("send gossip")[0] == "note: dropped: no subscriber"
    assert prompt("for topic in ['weather', 'wind', 'sport'] { send $topic }") == [
        "3 messages sent to 1 to 2 subscribers"]
    first.unsubscribe(b"weather")
    first.unsubscribe(b"w")
    prompt.shell.wait_until(lambda: "1 subscriber" in " ".join(prompt("send weather")), "one that is left")
    second.close(linger=0)
    prompt.shell.wait_prompt("news 1 peer> ")
    prompt.shell.wait_until(lambda: "dropped" in " ".join(prompt("send weather")), "nobody who listens")


def test_a_router_names_the_peer_and_a_stream_the_end(prompt, context, port):
    import socket

    prompt(f"bind router {port} as hub")
    peer = context.socket(zmq.DEALER)
    peer.setsockopt(zmq.ROUTING_ID, b"worker 1")
    peer.connect(f"tcp://127.0.0.1:{port}")
    peer.send(b"hello")
    prompt("recv as id _")
    assert prompt("send $id x") == ['sent to "worker 1"']
    assert prompt("to 'worker 1' x") == ['sent to "worker 1"']
    assert prompt("send nobody x")[0].startswith("error: cannot send on 'hub': Host unreachable")
    prompt("close hub")
    prompt("bind stream :0 as raw")
    number = int(prompt("print $raw.port")[0])
    with socket.create_connection(("127.0.0.1", number)) as client:
        client.sendall(b"x")
        prompt("recv; recv as id _")
        assert prompt("to @1 'good bye'") == ["sent to @1"]
        assert prompt("to @1 ''") == ["closed the connection of @1"]
        assert client.recv(100) + client.recv(100) == b"good bye"


def test_a_reply_for_a_peer_that_has_gone_is_dropped(prompt, context, port):
    prompt(f"bind rep {port} as server")
    asker, other = context.socket(zmq.REQ), context.socket(zmq.REQ)
    other.connect(f"tcp://127.0.0.1:{port}")
    asker.connect(f"tcp://127.0.0.1:{port}")
    asker.send(b"?")
    prompt("recv", until="?")
    prompt.shell.wait_until(lambda: "2 peers" in prompt.shell.line, "both")
    asker.close(linger=0)
    prompt.shell.wait_until(lambda: "1 peer" in prompt.shell.line, "one that is left")
    assert prompt("send answer") == ["note: dropped: the peer that asked has gone"]
    other.send(b"?")
    prompt("recv", until="?")
    assert prompt("send answer") == ["sent to 1 peer"]
    assert other.recv() == b"answer"


def test_what_a_second_pair_sends_is_dropped(prompt, port):
    prompt(f"bind pair {port} as one")
    prompt(f"connect pair {port} as two", until="is connected to")
    prompt(f"connect pair {port} as three", until="is connected to")
    assert prompt("three send x") == ["note: dropped: the peer has another PAIR already"]
    assert prompt("two send x") == ["sent to 1 peer"]
    assert prompt("one send x") == ["sent to 1 peer"]


def test_a_loop_tells_its_sum_also_where_it_is_stopped(prompt):
    prompt("bind pull inproc://a as sink")
    prompt("connect push inproc://a as out")
    assert prompt("repeat 100 { send x }") == ["100 messages sent to 1 peer"]
    prompt("bind pub inproc://b as news")
    assert prompt("repeat 5000 { news send x }")[0] == "note: 5000 messages dropped: no subscriber"
    shell = prompt.shell
    shell.enter("loop { news send x }")
    # One is the statement's before it, the other comes while the loop runs.
    shell.wait_until(lambda: shell.text.count("messages dropped: no subscriber") == 2, "what the loop dropped so far")
    shell.send(CTRL_C)
    shell.wait_until(lambda: shell.line.endswith("> "), "the prompt")
    assert prompt("out send a; out send b") == ["sent to 1 peer", "sent to 1 peer"], "a line a statement"
    assert prompt("repeat 2 { out send x; sink recv as m }") == ["2 messages sent to 1 peer"]
    shell = prompt.shell
    shell.enter("loop { out send x; sink recv as m; print .; sleep 1ms }")
    shell.wait_for("\n.\n")
    shell.send(CTRL_C)
    shell.wait_for(re.compile(r"^\d+ messages sent to 1 peer\n", re.MULTILINE))
    shell.enter("repeat 3 { out send x; sink recv as m; assert $i < 2 }")
    shell.wait_for("the assertion does not hold")
    assert re.search(r"(?m)^2 messages sent to 1 peer\nerror: ", shell.text)


def test_what_explains_a_wait_is_told_before_it(prompt, port):
    shell = prompt.shell
    prompt(f"connect req {port} as client", until="nobody listens")
    shell.enter("send Hello; recv")
    shell.wait_for("note: queued: no peer yet")
    shell.send(CTRL_C)
    shell.wait_until(lambda: shell.line.endswith("> "), "the prompt")
    shell.enter("bind pub inproc://b as news", "news no peer> ")
    shell.enter("every 10ms { send x; print . }")
    shell.wait_for("note: dropped: no subscriber")
    shell.wait_for(".\n.\n.")
    shell.send(CTRL_C)
    shell.wait_for(re.compile(r"\d+ messages dropped: no subscriber"))


def test_a_dealer_is_told_at_once_that_a_rep_wants_the_delimiter(prompt, context, port):
    server = context.socket(zmq.REP)
    server.bind(f"tcp://127.0.0.1:{port}")
    prompt(f"connect dealer {port} as client", until="is connected to")
    told = [
        f"note: 127.0.0.1:{port}, a REP, drops a message without an empty frame before the body",
        '   = help: `send "" Hello`: the empty frame stands between the envelope and the body', "sent to 1 peer"]
    assert prompt('send "" Hello') == ["sent to 1 peer"]
    assert prompt("send Hello") == told
    assert prompt("send Hello") == told[-1:], "once is enough"
    assert server.recv() == b"Hello"


def test_a_router_is_told_at_once_that_a_req_wants_the_delimiter(prompt, context, port):
    prompt(f"bind router {port} as hub")
    client = context.socket(zmq.REQ)
    client.routing_id = b"anna"
    client.connect(f"tcp://127.0.0.1:{port}")
    client.send(b"Hello")
    prompt("wait readable")
    prompt("recv as id _ body")
    assert prompt('send $id "" World') == ["sent to anna"]
    assert client.recv() == b"World"
    client.send(b"Hello")
    prompt("wait readable")
    prompt("recv as id _ body")
    assert prompt("send $id World") == [
        "note: anna, a REQ, hangs up at a reply without an empty frame right before the body",
        '   = help: `hub send anna "" World`, or `hub to anna World`, which adds it', "sent to anna"]


def test_what_a_router_sends_to_a_peer_that_it_named_and_that_is_not_there_waits(prompt, context, port):
    prompt(f"connect router {port} as hub connect_routing_id=anna", until="nobody listens")
    assert prompt("to anna Hello")[0] == "note: queued: no peer yet"
    server = context.socket(zmq.DEALER)
    server.bind(f"tcp://127.0.0.1:{port}")
    assert server.recv() == b"Hello"
    prompt.shell.wait_prompt("hub 1 peer> ")
    assert prompt("to anna Hello") == ["sent to anna"]


def test_an_envelope_of_a_dealer_is_no_missing_delimiter(prompt):
    prompt("bind rep inproc://server as server")
    prompt("connect dealer inproc://server as out")
    assert prompt('send "who asks" "" Hello') == ["sent to 1 peer"]
    assert prompt("send Hello")[0] == "note: 'server', a REP, drops a message without an empty frame before the body"
