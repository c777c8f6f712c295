"""Each cause for which a peer is not let in, at each side: it is told as the reason of a wait in vain, with what to do."""

import re
import socket
import subprocess
import sys
import textwrap

import pytest
import zmq
import zmq.auth

from harness.program import LIMIT

# A server of pyzmq in a process of its own, whose handler answers in a thread. It prints its port.
SERVER = """
import sys, threading, zmq, zmq.auth
from zmq.auth.thread import ThreadAuthenticator
options, handler = eval(sys.argv[1]), sys.argv[2]
context = zmq.Context()

def answer(zap):
    while True:
        request = zap.recv_multipart()
        status = handler.encode()
        zap.send_multipart([b"1.0", request[1], status, b"", b"", b""] if status.isdigit() else [b"1.0", b"nonsense"])

if handler.isdigit() or handler == "malformed":
    zap = context.socket(zmq.REP)
    zap.bind("inproc://zeromq.zap.01")
    threading.Thread(target=answer, args=(zap,), daemon=True).start()
elif handler:
    authenticator = ThreadAuthenticator(context)
    authenticator.start()
    eval("authenticator." + handler)
server = context.socket(zmq.REP)
for name, value in options.items():
    setattr(server, name, value)
print(server.bind_to_random_port("tcp://127.0.0.1"), flush=True)
sys.stdin.read()
"""

SERVER_KEYS, CLIENT_KEYS, OTHER_KEYS = (zmq.curve_keypair() for _ in range(3))
CURVE = {"curve_server": True, "curve_publickey": SERVER_KEYS[0], "curve_secretkey": SERVER_KEYS[1]}
PLAIN = {"plain_server": True}
NULL = {"zap_domain": b"global"}

# What their server is and how it decides, what our client is, and what our client says.
THEIRS = {
    "another server key": (CURVE, "", "curve client '$other'", "its key is not the server key that 'client' was given; "
                           "`client curve client KEY` with the right one, then `client reset`"),
    "an unknown client key": (CURVE, "configure_curve(domain='*', location='.')", "curve client '$server'",
                              "it does not let the public key '.*' in (status 400); once that is mended, `client reset`"),
    "another password": (PLAIN, "configure_plain(domain='*', passwords={'alice': 'another'})", "plain client alice from pw",
                         "it refused the user name or the password (status 400); once that is mended, `client reset`"),
    "a denied address": (NULL, "deny('127.0.0.1')", "", "it does not let this address in (status 400); once that is mended"),
    "another domain": ({**PLAIN, "zap_domain": b"x"}, "configure_plain(domain='y', passwords={'alice': 'hunter2'})",
                       "plain client alice from pw", "it refused the user name or the password (status 400)"),
    "NULL to CURVE": (CURVE, "", "", 'it wants "CURVE", and \'client\' has no security: `client curve client KEY`, then `client reset`'),
    "NULL to PLAIN": (PLAIN, "", "", 'it wants "PLAIN", and \'client\' has no security: `client plain client USER`, then `client reset`'),
    "CURVE to NULL": ({}, "", "curve client '$server'", "it does not use CURVE; once that is mended, `client reset`"),
    "PLAIN to NULL": ({}, "", "plain client alice from pw", "it does not use PLAIN; once that is mended, `client reset`"),
    "PLAIN to CURVE": (CURVE, "", "plain client alice from pw",
                       'it uses the security mechanism "CURVE", and \'client\' PLAIN: `client curve client KEY`, then `client reset`'),
    "CURVE to PLAIN": (PLAIN, "", "curve client '$server'",
                       'it uses the security mechanism "PLAIN", and \'client\' CURVE: `client plain client USER`, then `client'),
    "nobody to ask": (PLAIN, "", "plain client alice from pw", "its PLAIN server has nobody to ask for passwords"),
    **{"NULL put off": (NULL, "300", "", "whoever it asks (ZAP) .*put it off"),
       "CURVE put off": (CURVE, "300", "curve client '$server'", "has not let 'client' in yet: whoever it asks (ZAP)"),
       # Whether libzmq closes the connection then depends on how soon its handler answers.
       "PLAIN put off": (PLAIN, "300", "plain client alice from pw", "whoever it asks (ZAP).*status 300")},
    **{f"{kind} and a handler that fails": (server, "500", clause, "whoever it asks (ZAP) failed (status 500)")
       for kind, server, clause in (("NULL", NULL, ""), ("CURVE", CURVE, "curve client '$server'"),
                                    ("PLAIN", PLAIN, "plain client alice from pw"))},
}


def matches(pattern, text):
    """Whether a text is in another; `.*` stands for any other."""
    position = 0
    for part in pattern.split(".*"):
        position = text.find(part, position)
        if position < 0:
            return False
        position += len(part)
    return True


@pytest.mark.parametrize("cause", THEIRS)
def test_our_client_says_why_their_server_did_not_let_it_in(cause, run_script, folder):
    options, handler, clause, reason = THEIRS[cause]
    (folder / "pw").write_text("hunter2\n")
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, repr(options), handler], cwd=folder, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        port = int(server.stdout.readline())
        for name, (public, _) in (("server", SERVER_KEYS), ("other", OTHER_KEYS)):
            clause = clause.replace("$" + name, public.decode())
        result = run_script(f"""
            connect req $1 as client linger=0 {clause}
            # Refused at once, or after a try that failed.
            try {{ within 300ms client wait connected }} catch {{ }}
            timeout 500ms
            client send Hello
            client recv
            """, port)
    finally:
        server.stdin.close()
        server.wait(LIMIT)
        server.stdout.close()
    assert result.exit in (3, 5) and matches(reason, result.stderr), result.stderr


def plain(password, user=b"alice"):
    return {"plain_username": user, "plain_password": password}


def curve(server=SERVER_KEYS, own=CLIENT_KEYS):
    return {"curve_serverkey": server[0], "curve_publickey": own[0], "curve_secretkey": own[1]}


KEY = SERVER_KEYS[1].decode()
TO_CURVE = f"it has to connect with `curve client '{SERVER_KEYS[0].decode()}'`"
HANDLER = "serve rep inproc://zeromq.zap.01 as zap {{ send {} }}"

# What stands before our server's bind and behind it, what their client is, and what our server says.
OURS = {
    "another server key": ("", f"curve server '{KEY}'", curve(OTHER_KEYS),
                           f"a client with another server key was turned away .*: {TO_CURVE}"),
    "an unknown client key": ("auth curve '$client'", f"curve server '{KEY}'", curve(own=OTHER_KEYS),
                              "a client was refused .*; the last: 127.0.0.1 (CURVE key '.*'): no certificate has this "
                              "key; `auth curve '.*'` lets it in"),
    "another domain of a key": ("auth curve '$client' domain=inside", f"curve server '{KEY}' zap_domain=outside", curve(),
                                "domain 'outside'): no certificate has this key in the domain 'outside': only in 'inside'; "
                                "`auth curve '.*' domain=outside` lets it in"),
    "another password": ("auth plain alice from pw", "plain server", plain(b"hunter3"),
                         '127.0.0.1 (PLAIN user "alice"): another password; it is the one that `auth plain` was given'),
    "an unknown user": ("auth plain bob from pw", "plain server", plain(b"hunter2"),
                        '127.0.0.1 (PLAIN user "alice"): no such user; `auth plain USER` lets one in'),
    "another domain of a user": ("auth plain alice from pw domain=inside", "plain server zap_domain=outside",
                                 plain(b"hunter2"), "no such user in the domain 'outside': only in 'inside'; "
                                 "`auth plain USER domain=outside` lets one in"),
    "a denied address": ("auth deny 127.0.0.1", "", {}, "127.0.0.1 (NULL, domain 'global'): `auth deny 127.0.0.1`"),
    "an address that is not allowed": ("auth allow 10.0.0.1", "", {},
                                       "`auth allow` does not name the address; `auth allow 127.0.0.1` lets it in"),
    # Which side closes first decides what libzmq tells here, and both reasons name the security.
    "NULL to CURVE": ("", f"curve server '{KEY}'", {}, TO_CURVE),
    "PLAIN to CURVE": ("", f"curve server '{KEY}'", plain(b"x"), TO_CURVE),
    "NULL to PLAIN": ("auth plain bob from pw", "plain server", {}, "it has to connect with `plain client USER`"),
    "CURVE to PLAIN": ("auth plain bob from pw", "plain server", curve(), "it has to connect with `plain client USER`"),
    "CURVE to NULL": ("", "", curve(), "security"),
    "PLAIN to NULL": ("", "", plain(b"x"), "security"),
    "nobody to ask": ("", "plain server", plain(b"x"), "there is nobody to ask for its password; `auth plain USER`"),
    "a client that says nothing": ("", "handshake_ivl=100ms", None,
                                   "a client did not finish its handshake within handshake_ivl (100 ms) and was cut off"),
    "a handler that says nonsense": (HANDLER.format("1.0 nonsense"), "", {},
                                     "the ZAP handler gave an answer that is none .* (ZAP: malformed reply): nobody is let"),
    "a handler with another id": (HANDLER.format("1.0 x 200 OK '' ''"), "", {}, "gave an answer that is none .* (ZAP: bad"),
    "a handler that puts off": (HANDLER.format("1.0 $request[1] 300 later '' ''"), "", {},
                                "the ZAP handler put a client off .* (status 300)"),
    "a handler that fails": (HANDLER.format("1.0 $request[1] 500 no '' ''"), "plain server", plain(b"x"),
                             "the ZAP handler refused a client .* (status 500)"),
}


@pytest.mark.parametrize("cause", OURS)
def test_our_server_says_why_it_did_not_let_their_client_in(cause, spawn_script, folder):
    before, clause, options, reason = OURS[cause]
    (folder / "pw").write_text("hunter2\n")
    before = before.replace("$client", CLIENT_KEYS[0].decode())
    server = spawn_script(textwrap.dedent(f"""
        {before}
        bind rep :0 as server {clause}
        print $server.port
        let waits = true
        while $waits {{
          try {{ within 50ms server recv as x }} catch {{ server status }}
          try {{ sh 'test -e go'; let waits = false }} catch {{ }}
        }}
        within 50ms server recv
        """))
    port = int(server.wait_for(r"^(\d+)\n")[1])
    context, connection = zmq.Context(), None
    try:
        if options is None:
            connection = socket.create_connection(("127.0.0.1", port))
        else:
            client = context.socket(zmq.REQ)
            client.linger = 0
            for name, value in options.items():
                setattr(client, name, value)
            client.connect(f"tcp://127.0.0.1:{port}")
        server.wait_for(".*".join(map(re.escape, reason.split(".*"))))
        (folder / "go").touch()
        result = server.result()
        assert result.exit == 5 and matches(reason, result.stderr), result
    finally:
        context.destroy(linger=0)
        if connection:
            connection.close()
