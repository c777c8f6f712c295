"""The page's server: answers each request with `World from PORT`.

    reqrep_server.py PORT [STALL]

At request number STALL it says `stalled` and never answers.
"""

import sys

import zmq

port = sys.argv[1]
stall = int(sys.argv[2]) if len(sys.argv) > 2 else 0

socket = zmq.Context().socket(zmq.REP)
socket.bind(f"tcp://127.0.0.1:{port}")
print("ready", port, flush=True)
number = 0
while True:
    message = socket.recv()
    number += 1
    print("Received request: ", message.decode(), flush=True)
    if number == stall:
        print("stalled", flush=True)
        while True:
            socket.poll(1_000_000)
    socket.send_string(f"World from {port}")
