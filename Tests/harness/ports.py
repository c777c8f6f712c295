"""Free tcp ports for programs that must be told one."""

import fcntl
import os
import random
import socket

# Below the ephemeral range (32768 on Linux, 49152 on macOS) nothing is taken by itself: the system's own choice
# (bind to :0, close, hope) may be another process's outgoing port a moment later.
_FIRST, _LAST, _BLOCK = 12000, 32000, 100
# The same for all, whatever their TMPDIR is.
_LOCKS = "/tmp"
_random = random.Random()
_locks = []
_claims = []
_block = iter(())


def _take_block():
    """A hundred ports of which no other test process hands out one while this one lives."""
    starts = list(range(_FIRST, _LAST, _BLOCK))
    _random.shuffle(starts)
    for start in starts:
        path = os.path.join(_LOCKS, f"zsh-mq-test-ports-{os.getuid()}-{start}")
        lock = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            continue
        _locks.append(lock)
        return iter(range(start, start + _BLOCK))
    raise RuntimeError("other test processes hold all the ports")


def claim_port(port):
    """Keeps a given port from other test processes, waiting for them; false where another program listens there."""
    path = os.path.join(_LOCKS, f"zsh-mq-test-port-{os.getuid()}-{port}")
    lock = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    _claims.append(lock)
    # As libzmq does: a connection of before that is closed is in nobody's way.
    return _is_free(port, socket.SO_REUSEADDR)


def give_back_ports():
    """Lets others have the claimed ports."""
    while _claims:
        os.close(_claims.pop())


def _is_free(port, *options):
    with socket.socket() as probe:
        for option in options:
            probe.setsockopt(socket.SOL_SOCKET, option, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port():
    """A port that nobody listens on and that neither the system nor another test process gives away."""
    global _block
    while True:
        port = next(_block, None)
        if port is None:
            _block = _take_block()
            continue
        if _is_free(port):
            return port
