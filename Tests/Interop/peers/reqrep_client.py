"""The page's client: `reqrep_client.py PORT...` sends nine requests and prints each reply."""

import sys

import zmq

socket = zmq.Context().socket(zmq.REQ)
socket.linger = 0
for port in sys.argv[1:]:
    socket.connect(f"tcp://127.0.0.1:{port}")
print("ready", *sys.argv[1:], flush=True)
for request in range(1, 10):
    print("Sending request ", request, "...", flush=True)
    socket.send_string("Hello")
    print("Received reply ", request, "[", socket.recv().decode(), "]", flush=True)
