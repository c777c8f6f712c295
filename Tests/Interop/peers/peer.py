"""A peer on pyzmq that does what its arguments say, step by step.

    peer.py TYPE bind|connect ENDPOINT STEP...

    recv              takes a message and prints it: `got 48656c6c6f - ff` (frames in hex, `-` is empty)
    send HEX...       sends a message, written the same way; one argument
    echo              takes a message, prints it, and sends it back as it came
    subscribe HEX     of a SUB, before anything comes
    subscribed        waits until somebody subscribed (of an XPUB, which is a PUB that can tell)
    connected         waits until a peer has shaken hands
    id HEX            sets the routing id (must come first: it counts when the socket connects)
    COUNT*STEP        so many times

It prints `ready PORT` (or `ready ENDPOINT` of ipc) before the steps and `done` once the socket is closed and
all that it sent has left.
"""

import sys

import zmq
from zmq.utils.monitor import recv_monitor_message

LINGER = 10_000  # ms


def frames(words):
    return [b"" if word == "-" else bytes.fromhex(word) for word in words]


def show(message):
    return " ".join(frame.hex() or "-" for frame in message)


def main(kind, direction, endpoint, *steps):
    context = zmq.Context()
    socket = context.socket(getattr(zmq, kind.upper()))
    # A SUB whose publisher left would wait to send it its subscriptions again.
    socket.linger = 0 if kind == "sub" else LINGER
    if kind == "router":
        socket.router_mandatory = True
    monitor = socket.get_monitor_socket(zmq.EVENT_HANDSHAKE_SUCCEEDED)
    steps = [step.split() for step in steps]
    while steps and steps[0][0] in ("id", "subscribe"):
        name, *words = steps.pop(0)
        socket.set(zmq.ROUTING_ID if name == "id" else zmq.SUBSCRIBE, frames(words)[0])
    getattr(socket, direction)(endpoint)
    last = socket.get(zmq.LAST_ENDPOINT).rstrip(b"\0").decode()
    print("ready", last.rsplit(":", 1)[1] if last.startswith("tcp") else last, flush=True)

    for name, *words in steps:
        count, _, name = name.rpartition("*")
        for _ in range(int(count or 1)):
            if name == "send":
                socket.send_multipart(frames(words))
            elif name == "connected":
                recv_monitor_message(monitor)
            elif name == "subscribed":
                while not socket.recv().startswith(b"\1"):
                    pass
            elif name in ("recv", "echo"):
                message = socket.recv_multipart()
                print("got", show(message), flush=True)
                if name == "echo":
                    socket.send_multipart(message)
            else:
                sys.exit(f"no such step: {name}")
    socket.disable_monitor()
    monitor.close()
    socket.close()
    context.term()
    print("done", flush=True)


main(*sys.argv[1:])
