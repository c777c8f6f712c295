"""The parts of a pipeline, each with ports:

    pipeline.py ventilator WORKERS PORT SINK    deals a hundred tasks to its workers once they are there
    pipeline.py worker VENTILATOR SINK NAME     works until it is stopped
    pipeline.py killable VENTILATOR SINK CONTROL  works until KILL comes
    pipeline.py sink PORT                       counts what is done
    pipeline.py killing WORKERS PORT CONTROL    counts too, then says KILL

The last message overtakes the first on purpose where that is possible: the ventilator says how many tasks there
are only after it has dealt them.
"""

import sys
import time

import zmq
from zmq.utils.monitor import recv_monitor_message

TASKS = 100
context = zmq.Context()


def make(kind, direction, port):
    socket = context.socket(kind)
    socket.linger = 10_000
    if kind == zmq.SUB:
        socket.subscribe(b"KILL")
        socket.linger = 0
    if kind == zmq.XPUB:
        socket.xpub_verbose = 1
    getattr(socket, direction)(f"tcp://127.0.0.1:{port}")
    return socket


def ready():
    print("ready", *sys.argv[1:], flush=True)


def ventilate(workers, port, sink):
    tasks = context.socket(zmq.PUSH)
    monitor = tasks.get_monitor_socket(zmq.EVENT_HANDSHAKE_SUCCEEDED)
    tasks.bind(f"tcp://127.0.0.1:{port}")
    sink = make(zmq.PUSH, "connect", sink)
    ready()
    for _ in range(int(workers)):
        recv_monitor_message(monitor)
    for number in range(TASKS):
        tasks.send_string(str(number % 10))
    sink.send_multipart([b"start", str(TASKS).encode()])
    tasks.disable_monitor()
    monitor.close()


def work(ventilator, sink, *rest, control=None):
    tasks = make(zmq.PULL, "connect", ventilator)
    sink = make(zmq.PUSH, "connect", sink)
    poller = zmq.Poller()
    poller.register(tasks, zmq.POLLIN)
    if control:
        control = make(zmq.SUB, "connect", control)
        poller.register(control, zmq.POLLIN)
    ready()
    while True:
        events = dict(poller.poll())
        if tasks in events:
            task = tasks.recv()
            time.sleep(int(task) / 1000)
            sink.send_multipart([b"done", task, *(word.encode() for word in rest)])
        if control in events:
            assert control.recv() == b"KILL"
            print("killed", flush=True)
            return


def collect(port, workers=0, control=None):
    results = make(zmq.PULL, "bind", port)
    if control:
        control = make(zmq.XPUB, "bind", control)
    ready()
    for _ in range(int(workers)):
        assert control.recv() == b"\x01KILL"
    expected, names, count = None, set(), 0
    while count != expected:
        what, *rest = results.recv_multipart()
        if what == b"start":
            expected = int(rest[0])
        else:
            assert what == b"done", what
            names.update(name.decode() for name in rest[1:])
            count += 1
    if control:
        control.send(b"KILL")
    print(f"{count} tasks done by", *sorted(names), flush=True)


part, *words = sys.argv[1:]
if part == "ventilator":
    ventilate(*words)
elif part == "worker":
    work(*words)
elif part == "killable":
    work(*words[:2], control=words[2])
elif part == "sink":
    collect(*words)
elif part == "killing":
    collect(words[1], words[0], words[2])
else:
    sys.exit(f"no such part: {part}")
context.destroy()
