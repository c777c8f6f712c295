"""`proxy` between real peers: envelopes, long messages, a back end that stalls, signals, several at once."""

import os
import signal

import pytest
import zmq

from harness.program import LIMIT

MILLISECONDS = int(LIMIT * 1000)


@pytest.fixture
def context():
    with zmq.Context() as context:
        context.linger = 0
        context.rcvtimeo = context.sndtimeo = MILLISECONDS
        yield context


def connected(context, kind, port, **options):
    socket = context.socket(kind)
    for name, value in options.items():
        setattr(socket, name, value)
    socket.connect(f"tcp://127.0.0.1:{port}")
    return socket


def resident(pid):
    """The resident memory of a process, in MiB."""
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:")) // 1024


QUEUE = """
bind router $1 as front
bind dealer $2 as back
print ready
proxy front back
"""


def test_a_queue_keeps_envelopes_over_two_hops(spawn_script, context, ports):
    front, middle, back = ports(), ports(), ports()
    first = spawn_script(QUEUE, front, middle, limit="never")
    second = spawn_script(
        QUEUE.replace("bind router $1", "connect router $1 probe_router=0").replace("print", "front wait connected; print"),
        middle, back, limit="never")
    first.wait_for("^ready$")
    # DEALER to ROUTER: the second queue is a worker of the first.
    second.wait_for("^ready$")
    clients = [connected(context, zmq.REQ, front) for _ in range(5)]
    worker = connected(context, zmq.REP, back)
    message = [b"", b"two", bytes(range(256)), b""]
    for number, client in enumerate(clients):
        client.send_multipart([b"%d" % number, *message])
    for _ in clients:
        worker.send_multipart(worker.recv_multipart())
    for number, client in enumerate(clients):
        assert client.recv_multipart() == [b"%d" % number, *message]


def test_a_queue_passes_frames_of_64_mebibytes(spawn_script, context, ports):
    front, back = ports(), ports()
    child = spawn_script(QUEUE, front, back, limit="never")
    child.wait_for("^ready$")
    client, worker = connected(context, zmq.REQ, front), connected(context, zmq.REP, back)
    long = b"x" * (64 << 20)
    for _ in range(3):
        client.send(long, copy=False)
        assert len(worker.recv(copy=False)) == len(long)
        worker.send(b"short")
        assert client.recv() == b"short"
    assert resident(child.pid) < 500, "nothing is kept of what has passed"


def test_a_proxy_cuts_nobody_off_who_sends_much(spawn_script, context, ports):
    front, back = ports(), ports()
    child = spawn_script("""
        bind pull $1 as front maxmsgsize=1MiB
        bind push $2 as back
        print ready
        proxy front back
        """, front, back, limit="never")
    child.wait_for("^ready$")
    out, sink = connected(context, zmq.PUSH, front), connected(context, zmq.PULL, back)
    part = b"x" * 100_000
    for number in range(1000):
        out.send(b"%d " % number + part)
        assert sink.recv().startswith(b"%d " % number)
    assert child.text("stderr") == "", child.report()


def test_a_back_end_that_stalls_holds_up_the_front(spawn_script, context, ports):
    front, back = ports(), ports()
    child = spawn_script("""
        bind pull $1 as front rcvhwm=10 rcvbuf=64KiB
        bind push $2 as back sndhwm=10 sndbuf=64KiB
        proxy front back as streamer
        print ready
        retry 3000 every 10ms { proxy | grep -q stalled }
        print stalled
        sleep 10m
        """, front, back, limit="never")
    child.wait_for("^ready$")
    out = connected(context, zmq.PUSH, front, sndhwm=10, sndtimeo=300)
    sink = connected(context, zmq.PULL, back, rcvhwm=10, rcvbuf=65536)
    sent = 0
    with pytest.raises(zmq.Again):
        for sent in range(10_000):
            out.send(b"%d " % sent + b"x" * 100_000)
    child.wait_for("^stalled$")
    assert resident(child.pid) < 200
    for number in range(sent):
        assert sink.recv().startswith(b"%d " % number), "in order, and nothing is lost"


def test_ctrl_c_ends_a_proxy_with_its_script(spawn_script, context, ports):
    front, back = ports(), ports()
    child = spawn_script(QUEUE, front, back, limit="never")
    child.wait_for("^ready$")
    client, worker = connected(context, zmq.REQ, front), connected(context, zmq.REP, back)
    client.send(b"Hello")
    assert worker.recv() == b"Hello"
    child.signal(signal.SIGINT)
    assert child.wait() == 130, child.report()
    assert child.text("stderr") == "", child.report()


def test_a_proxy_that_is_paused_lets_nothing_pass(spawn_script, context, folder, ports):
    os.mkfifo(folder / "go")
    front, back = ports(), ports()
    child = spawn_script("""
        bind pull $1 as front
        bind push $2 as back
        proxy front back as streamer
        proxy pause streamer
        print paused
        sh "head -n 1 go > /dev/null"
        proxy resume streamer
        sleep 10m
        """, front, back, limit="never")
    child.wait_for("^paused$")
    out, sink = connected(context, zmq.PUSH, front), connected(context, zmq.PULL, back, rcvtimeo=500)
    out.send(b"Hello")
    with pytest.raises(zmq.Again):
        sink.recv()
    with open(folder / "go", "w") as go:
        go.write("go on\n")
    sink.rcvtimeo = MILLISECONDS
    assert sink.recv() == b"Hello"


def test_several_proxies_run_at_once_with_subscriptions_and_captures(spawn_script, context, ports):
    publisher, subscriber, front, back, tap = (ports() for _ in range(5))
    child = spawn_script("""
        connect xsub $1 as in1
        bind xpub $2 as out1
        bind pull $3 as in2
        bind push $4 as out2
        bind pub $5 as tap
        proxy in1 out1 as forwarder
        proxy in2 out2 tap as streamer
        print ready
        sleep 10m
        """, publisher, subscriber, front, back, tap, limit="never")
    child.wait_for("^ready$")
    news = context.socket(zmq.XPUB)
    news.bind(f"tcp://127.0.0.1:{publisher}")
    reader = connected(context, zmq.SUB, subscriber, subscribe=b"weather")
    assert news.recv() == b"\x01weather", "the subscription went through"
    news.send_multipart([b"sport", b"3:1"])
    news.send_multipart([b"weather", b"21"])
    assert reader.recv_multipart() == [b"weather", b"21"]
    reader.unsubscribe(b"weather")
    assert news.recv() == b"\x00weather"
    listener = connected(context, zmq.SUB, tap, subscribe=b"")
    out, sink = connected(context, zmq.PUSH, front), connected(context, zmq.PULL, back)
    # A subscriber may be late for the first copies.
    listener.rcvtimeo = 50
    while True:
        out.send_multipart([b"one", b"", b"two"])
        assert sink.recv_multipart() == [b"one", b"", b"two"]
        try:
            assert listener.recv_multipart() == [b"one", b"", b"two"]
            break
        except zmq.Again:
            continue
