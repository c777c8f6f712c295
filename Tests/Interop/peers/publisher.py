"""Publishes messages again and again until it is stopped: `publisher.py PORT MESSAGE...`

A message's frames are separated by `|`.
"""

import sys
import time

import zmq

port, *messages = sys.argv[1:]
socket = zmq.Context().socket(zmq.PUB)
socket.bind(f"tcp://127.0.0.1:{port}")
print("ready", port, flush=True)
while True:
    for message in messages:
        socket.send_multipart([frame.encode() for frame in message.split("|")])
    time.sleep(0.01)
