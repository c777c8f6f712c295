"""The contestant in pyzmq: twin.py CASE ENDPOINT COUNT. Each case does what the script CASE.zs does."""

import sys

import zmq

context = zmq.Context()


def connected(kind, endpoint):
    socket = context.socket(kind)
    socket.connect(endpoint)
    return socket


def roundtrip(endpoint, count):
    client = connected(zmq.REQ, endpoint)
    for _ in range(count):
        client.send(b"0123456789")
        reply = client.recv()


def push(endpoint, count):
    out = connected(zmq.PUSH, endpoint)
    for _ in range(count):
        out.send(b"0123456789")


def interpolate(endpoint, count):
    out = connected(zmq.PUSH, endpoint)
    for i in range(1, count + 1):
        out.send(f"message {i}".encode())


def inproc(endpoint, count, prints=False):
    mark = connected(zmq.PUSH, endpoint)
    one, two = context.socket(zmq.PAIR), context.socket(zmq.PAIR)
    one.bind("inproc://loop")
    two.connect("inproc://loop")
    mark.send(b"begin")
    if prints:
        for _ in range(count):
            one.send(b"0123456789")
            print(two.recv().decode())
    else:
        for _ in range(count):
            one.send(b"0123456789")
            reply = two.recv()
    mark.send(b"end")


def proxy(endpoints, count):
    source, sink = endpoints.split(",")
    zmq.proxy(connected(zmq.PULL, source), connected(zmq.PUSH, sink))


def main(case, endpoint, count):
    if case == "inproc-print":
        inproc(endpoint, int(count), prints=True)
    elif case != "startup":
        globals()[case](endpoint, int(count))
    context.destroy(linger=None)


main(*sys.argv[1:])
