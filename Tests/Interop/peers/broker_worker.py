"""A worker for a broker: `broker_worker.py rep|ready PORT NAME` answers each request with `World from NAME`.

`rep` is a REP for a routing broker, `ready` a REQ for a balancing one, which says READY first.
"""

import sys

import zmq

kind, port, name = sys.argv[1:]
socket = zmq.Context().socket(zmq.REP if kind == "rep" else zmq.REQ)
socket.connect(f"tcp://127.0.0.1:{port}")
print("ready", port, flush=True)
if kind == "ready":
    socket.send(b"READY")
while True:
    *envelope, request = socket.recv_multipart()
    print("Received request:", request.decode(), flush=True)
    socket.send_multipart([*envelope, f"World from {name}".encode()])
