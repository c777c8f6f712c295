"""Free tcp ports for programs that must be told one."""

import random
import socket

_given = set()
_random = random.Random()


def free_port():
    """A port that nobody listens on and that the system gives to nobody.

    The system's own choice (bind to :0, close, hope) may be another process's outgoing port a moment
    later. Below the ephemeral range (32768 on Linux, 49152 on macOS) nothing is taken by itself, and
    a random start keeps test processes that run side by side apart.
    """
    while True:
        port = _random.randrange(12000, 32000)
        if port in _given:
            continue
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        _given.add(port)
        return port
