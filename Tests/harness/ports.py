"""Free tcp ports for programs that must be told one."""

import fcntl
import os
import random
import socket
import tempfile

# Below the ephemeral range (32768 on Linux, 49152 on macOS) nothing is taken by itself: the system's own choice
# (bind to :0, close, hope) may be another process's outgoing port a moment later.
_FIRST, _LAST, _BLOCK = 12000, 32000, 100
_random = random.Random()
_locks = []
_block = iter(())


def _take_block():
    """A hundred ports of which no other test process hands out one while this one lives."""
    starts = list(range(_FIRST, _LAST, _BLOCK))
    _random.shuffle(starts)
    for start in starts:
        path = os.path.join(tempfile.gettempdir(), f"zsh-mq-test-ports-{os.getuid()}-{start}")
        lock = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            continue
        _locks.append(lock)
        return iter(range(start, start + _BLOCK))
    raise RuntimeError("other test processes hold all the ports")


def free_port():
    """A port that nobody listens on and that neither the system nor another test process gives away."""
    global _block
    while True:
        port = next(_block, None)
        if port is None:
            _block = _take_block()
            continue
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
