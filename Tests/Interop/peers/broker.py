"""A broker as the Guide writes it: `broker.py route|balance FRONTEND BACKEND`, both ports.

`route` is rrbroker, a ROUTER and a DEALER behind zmq_proxy. `balance` is lbbroker, two ROUTERs, where a worker's
READY or reply makes it idle. It prints `worker` at each READY.
"""

import sys

import zmq

kind, frontend_port, backend_port = sys.argv[1:]
context = zmq.Context()
frontend = context.socket(zmq.ROUTER)
backend = context.socket(zmq.DEALER if kind == "route" else zmq.ROUTER)
frontend.bind(f"tcp://127.0.0.1:{frontend_port}")
backend.bind(f"tcp://127.0.0.1:{backend_port}")
print("ready", frontend_port, backend_port, flush=True)
if kind == "route":
    zmq.proxy(frontend, backend)

idle = []
poller = zmq.Poller()
poller.register(backend, zmq.POLLIN)
while True:
    ready = dict(poller.poll())
    if backend in ready:
        worker, empty, client, *reply = backend.recv_multipart()
        assert empty == b""
        if not idle:
            poller.register(frontend, zmq.POLLIN)
        idle.append(worker)
        if client == b"READY":
            print("worker", flush=True)
        else:
            frontend.send_multipart([client, *reply])
    if frontend in ready and idle:
        backend.send_multipart([idle.pop(0), b"", *frontend.recv_multipart()])
        if not idle:
            poller.unregister(frontend)
