"""A peer that goes on talking, whoever comes and goes: what sessions are recorded against and replayed.

`conversation.py MODE PORT...`; it says `ready MODE` once it is there.

    counter PORT        answers with a count and the time
    json PORT           answers with an object that has an id and a time
    named PORT...       a server a port, each answers with its port
    echo PORT           sends back what it got
    silent PORT         takes requests and never answers
    mortal PORT HEALER  answers, and dies of the request `die`; with a message to HEALER another one takes its place
    curve PORT          echoes, encrypted; it has the key pair of rfc.zeromq.org's example
    ticker PORT         publishes a count a hundredth of a second, and does not wait for subscribers
    dealers PORT N      N dealers that connect there; each greets whom it reaches, and answers
    pushers PORT N      N that connect there and push a message to whom they reach
    follower PORT BACK  subscribes to all at PORT, and pushes what came to BACK
"""

import datetime
import itertools
import json
import os
import subprocess
import sys
import threading
import time
import uuid

import zmq
from zmq.utils.monitor import recv_monitor_message

LOCAL = "tcp://127.0.0.1:"
# The pair of curve_keypair in the manual of zmq_curve(7).
SERVER_SECRET = b"JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"


def answer(port, reply):
    """A REP that answers each request with `reply(frames, count)`; nothing where that is None."""
    socket = zmq.Context.instance().socket(zmq.REP)
    socket.bind(LOCAL + port)
    yield
    for count in itertools.count(1):
        socket.send_multipart(reply(socket.recv_multipart(), count))


def counter(port):
    yield from answer(port, lambda _, n: [f"World {n} at {datetime.datetime.now().isoformat()}".encode()])


def as_json(port):
    yield from answer(port, lambda request, n: [json.dumps({
        "id": n, "ok": True, "request": request[0].decode(), "trace": {"id": str(uuid.uuid4()), "at": time.time()},
        "items": [1, 2]}).encode()])


def named(*ports):
    for port in ports[1:]:
        threading.Thread(target=lambda port=port: list(answer(port, lambda *_: [f"World from {port}".encode()])),
                         daemon=True).start()
    yield from answer(ports[0], lambda *_: [f"World from {ports[0]}".encode()])


def echo(port):
    yield from answer(port, lambda request, _: request)


def silent(port):
    socket = zmq.Context.instance().socket(zmq.ROUTER)
    socket.bind(LOCAL + port)
    yield
    while True:
        socket.recv_multipart()


def curve(port):
    socket = zmq.Context.instance().socket(zmq.REP)
    socket.curve_server = True
    socket.curve_secretkey = SERVER_SECRET
    socket.bind(LOCAL + port)
    yield
    while True:
        socket.send_multipart(socket.recv_multipart())


def mortal(port, healer):
    if os.environ.get("MORTAL"):
        def reply(request, _):
            if request == [b"die"]:
                os._exit(0)
            return [b"alive"]
        yield from answer(port, reply)
    prayers = zmq.Context.instance().socket(zmq.PULL)
    prayers.bind(LOCAL + healer)
    command = [sys.executable, "-u", __file__, "mortal", port, healer]
    child = subprocess.Popen(command, env={**os.environ, "MORTAL": "1"}, stdout=subprocess.PIPE)
    child.stdout.readline()
    yield
    while True:
        child.wait()
        prayers.recv()
        child = subprocess.Popen(command, env={**os.environ, "MORTAL": "1"}, stdout=subprocess.DEVNULL)


def ticker(port):
    socket = zmq.Context.instance().socket(zmq.PUB)
    socket.bind(LOCAL + port)
    yield
    for count in itertools.count(1):
        socket.send(f"tick {count}".encode())
        time.sleep(0.01)


def whenever_connected(kind, port, greet, answer=None):
    """A socket that greets each peer that it is connected to."""
    socket = zmq.Context.instance().socket(kind)
    socket.reconnect_ivl = 20
    # What is meant for one that has gone must not reach the next one.
    socket.immediate = True
    socket.linger = 0
    monitor = socket.get_monitor_socket(zmq.EVENT_HANDSHAKE_SUCCEEDED)
    socket.connect(LOCAL + port)
    poller = zmq.Poller()
    poller.register(monitor, zmq.POLLIN)
    if answer:
        poller.register(socket, zmq.POLLIN)
    while True:
        ready = dict(poller.poll())
        if monitor in ready:
            recv_monitor_message(monitor)
            greet(socket)
        if socket in ready:
            try:
                answer(socket, socket.recv_multipart(zmq.NOBLOCK))
            except zmq.Again:
                pass


def several(kind, port, count, greeting, answer=None):
    for number in range(1, int(count) + 1):
        threading.Thread(
            target=whenever_connected, daemon=True,
            args=(kind, port, lambda socket, number=number: socket.send(f"{greeting} {number}".encode()),
                  answer and (lambda socket, frames, number=number: answer(socket, frames, number)))).start()
    yield
    threading.Event().wait()


def dealers(port, count):
    yield from several(zmq.DEALER, port, count, "hello from",
                       lambda socket, frames, number: socket.send_multipart([*frames, f"by {number}".encode()]))


def pushers(port, count):
    yield from several(zmq.PUSH, port, count, "work of")


def follower(port, back):
    context = zmq.Context.instance()
    source, sink = context.socket(zmq.SUB), context.socket(zmq.PUSH)
    source.reconnect_ivl = sink.reconnect_ivl = 20
    source.subscribe(b"")
    source.connect(LOCAL + port)
    sink.connect(LOCAL + back)
    yield
    while True:
        sink.send_multipart([b"seen", *source.recv_multipart()])


MODES = {"counter": counter, "json": as_json, "named": named, "echo": echo, "silent": silent, "mortal": mortal,
         "curve": curve, "ticker": ticker, "dealers": dealers, "pushers": pushers, "follower": follower}

steps = MODES[sys.argv[1]](*sys.argv[2:])
next(steps)
print("ready", sys.argv[1], flush=True)
next(steps)
