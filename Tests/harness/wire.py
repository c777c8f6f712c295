"""ZMTP by hand, for peers that misbehave (RFC 23)."""

import socket
import struct

from harness.program import LIMIT

GREETING = b"\xff" + bytes(8) + b"\x7f\x03\x00" + b"NULL".ljust(20, b"\0") + bytes(32)


def ready(kind):
    """The READY command of a socket type, RFC 37."""
    def property(name, value):
        return bytes([len(name)]) + name + struct.pack(">I", len(value)) + value

    body = b"\x05READY" + property(b"Socket-Type", kind) + property(b"Identity", b"")
    return bytes([4, len(body)]) + body


def frame(body, more=False):
    return (bytes([more, len(body)]) if len(body) < 256 else struct.pack(">BQ", more | 2, len(body))) + body


def shake_hands(connection, kind):
    """Says what a peer is and waits until the other side has: libzmq takes no message before."""
    connection.sendall(GREETING + ready(kind))
    said = b""
    while len(said) < 66 or len(said) < 66 + said[65]:  # A greeting of 64 bytes, a flag, a length, a READY.
        more = connection.recv(1 << 12)
        if not more:
            raise AssertionError(f"it hung up after {said!r}")
        said += more


def connect(port, kind):
    """A peer of a socket type, such as b"PUSH", that has shaken hands."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=LIMIT)
    shake_hands(connection, kind)
    return connection


def connect_locally(path, kind):
    """The same over a socket file."""
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(LIMIT)
    connection.connect(str(path))
    shake_hands(connection, kind)
    return connection
