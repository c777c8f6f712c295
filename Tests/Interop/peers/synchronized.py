"""A publisher that waits for its subscribers, and a subscriber that tells it when it hears: both ports.

    synchronized.py publisher SUBSCRIBERS PORT SYNC
    synchronized.py subscriber PORT SYNC
"""

import sys

import zmq

UPDATES = 1000
context = zmq.Context()
part, *words = sys.argv[1:]


def make(kind, direction, port):
    socket = context.socket(kind)
    socket.linger = 0 if kind == zmq.SUB else 10_000
    socket.sndhwm = socket.rcvhwm = 0
    getattr(socket, direction)(f"tcp://127.0.0.1:{port}")
    return socket


if part == "publisher":
    publisher = make(zmq.PUB, "bind", words[1])
    sync = make(zmq.REP, "bind", words[2])
    print("ready", *words, flush=True)
    missing = int(words[0])
    while missing:
        publisher.send(b"HELLO")
        if sync.poll(10):
            sync.recv()
            sync.send(b"WELCOME")
            missing -= 1
    for number in range(1, UPDATES + 1):
        publisher.send_multipart([b"UPDATE", str(number).encode()])
    publisher.send(b"END")
else:
    subscriber = make(zmq.SUB, "connect", words[0])
    subscriber.subscribe(b"")
    sync = make(zmq.REQ, "connect", words[1])
    print("ready", *words, flush=True)
    assert subscriber.recv() == b"HELLO"
    sync.send(b"ready")
    assert sync.recv() == b"WELCOME"
    numbers = []
    while (message := subscriber.recv_multipart()) != [b"END"]:
        if message[0] == b"UPDATE":
            numbers.append(int(message[1]))
    assert numbers == list(range(1, UPDATES + 1))
    print("Received", len(numbers), "updates", flush=True)
context.destroy()
