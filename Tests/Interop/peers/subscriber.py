"""Prints COUNT messages of a topic, the frames separated by `|`: `subscriber.py PORT TOPIC COUNT`"""

import sys

import zmq

port, topic, count = sys.argv[1:]
socket = zmq.Context().socket(zmq.SUB)
socket.linger = 0
socket.subscribe(topic.encode())
socket.connect(f"tcp://127.0.0.1:{port}")
print("ready", port, flush=True)
for _ in range(int(count)):
    print("|".join(frame.decode() for frame in socket.recv_multipart()), flush=True)
