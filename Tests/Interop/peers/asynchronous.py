"""An asynchronous server that answers the last of five requests first, and a client of such a server.

    asynchronous.py server PORT
    asynchronous.py client PORT NAME
"""

import sys

import zmq

REQUESTS = 5
part, port, *name = sys.argv[1:]
context = zmq.Context()

if part == "server":
    server = context.socket(zmq.ROUTER)
    server.bind(f"tcp://127.0.0.1:{port}")
    print("ready", port, flush=True)
    while True:
        requests = [server.recv_multipart() for _ in range(REQUESTS)]
        for client, number, request in reversed(requests):
            server.send_multipart([client, number, b"accepted"])
            server.send_multipart([client, number, b"late: " + request])
else:
    client = context.socket(zmq.DEALER)
    client.routing_id = name[0].encode()
    client.connect(f"tcp://127.0.0.1:{port}")
    print("ready", port, flush=True)
    for number in range(REQUESTS):
        client.send_multipart([str(number).encode(), b"job %d of %s" % (number, client.routing_id)])
    for _ in range(2 * REQUESTS):
        number, reply = client.recv_multipart()
        print(f"{number.decode()}: {reply.decode()}", flush=True)
    client.close(linger=0)
