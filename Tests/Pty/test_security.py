"""Secrets and security at the prompt: what is typed and never shown, what is told above the line."""

import re
import sys
import time

import pytest
import zmq

from harness.terminal import CTRL_C, ENTER

NONE = "zsh-mq> "


def everything_written(folder):
    """All that the shell left in its user's folders."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_password_is_asked_for_and_neither_shown_nor_kept(terminal, folder):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("auth plain alice")
    shell.wait_for(re.compile(r"^password of alice:$", re.MULTILINE))
    shell.send("hunter2" + ENTER)
    shell.wait_until(lambda: shell.line.endswith("> "), "the prompt")
    shell.enter("bind rep :0 as server plain server")
    shell.wait_until(lambda: shell.line.startswith("server "), "the server")
    shell.enter("connect req $server.endpoint as client plain client alice")
    shell.wait_for(re.compile(r"^password of alice:$", re.MULTILINE))
    shell.send("hunter2" + ENTER)
    shell.wait_for("'client' is connected to")
    shell.wait_for(re.compile('auth let in 127.0.0.1 \\(PLAIN user "alice"\\): the password fits'))
    shell.wait_until(lambda: shell.line.startswith("client ") and shell.line.endswith("> "), "the client")
    shell.enter("status client")
    shell.wait_for("plain_password=set, not shown")
    assert "hunter2" not in shell.scrollback + shell.text
    assert b"hunter2" not in everything_written(folder)


def test_ctrl_c_ends_the_question_and_the_terminal_shows_what_is_typed_again(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("auth plain alice")
    shell.wait_for(re.compile(r"^password of alice:$", re.MULTILINE))
    shell.send("half")
    shell.send(CTRL_C)
    shell.wait_prompt(NONE)
    shell.enter("print ${1 + 1}", NONE)
    assert "half" not in shell.text and "print ${1 + 1}" in shell.text


def test_a_bind_to_all_interfaces_is_told_once(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("bind rep *:0 as open")
    shell.wait_for("'open' lets everybody in who reaches this machine, and encrypts nothing")
    shell.wait_until(lambda: shell.line.startswith("open "), "the prompt")
    shell.enter("bind rep *:0 as second")
    shell.wait_until(lambda: shell.line.startswith("second "), "the second")
    shell.enter("bind rep *:0 as third curve server")
    shell.wait_until(lambda: shell.line.startswith("third "), "the third")
    assert shell.text.count("lets everybody in") == 1


def test_a_new_server_key_is_told_with_what_its_clients_write(terminal):
    shell = terminal(columns=140)
    shell.wait_prompt(NONE)
    shell.enter("bind rep :0 as server curve server")
    shell.wait_for(re.compile(r"the public key of 'server' is \S{40}\n.*curve client '\S{40}'`"))


def test_a_proxy_in_the_foreground_ends_with_ctrl_c_and_its_sockets_live_on(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("bind pull inproc://in as front; bind push inproc://out as back", "back no peer> ")
    shell.enter("connect push inproc://in as pusher; connect pull inproc://out as sink", "sink 1 peer> ")
    shell.enter("pusher send through", "sink 1 peer> ")
    shell.enter("proxy front back")
    shell.send(CTRL_C)
    shell.wait_prompt("sink 1 peer> ")
    shell.enter("pusher send more", "sink 1 peer> ")
    shell.enter("within 1s front recv as message", "sink 1 peer> ")
    shell.enter("print $message", "sink 1 peer> ")
    assert shell.lines[shell.screen.cursor.y - 1] in ("through", "more")


@pytest.mark.parametrize("line, hidden", [
    ("set plain_password hunter2", "hunter2"),
    ("connect req 5546 plain_password=hunter2", "hunter2"),
    ("curve server 'JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6'", "JTKVSB"),
    ("auth plain alice hunter2", "hunter2"),
    ("set plain_pasword hunter2", "hunter2"),
])
def test_a_line_with_a_secret_leaves_nothing_behind(terminal, folder, line, hidden):
    shell = terminal("--trace")
    shell.wait_prompt(NONE)
    shell.enter("socket req as client")
    shell.wait_until(lambda: shell.line.startswith("client "), "the client")
    before = shell.text.count(hidden)
    shell.enter(line)
    shell.wait_until(lambda: shell.line.endswith("> ") and line not in shell.line, "the next prompt")
    assert shell.text.count(hidden) == before + 1, "only where it was typed"
    shell.enter("exit")
    shell.wait_exit()
    assert hidden.encode() not in everything_written(folder)


def test_a_variable_that_comes_out_to_hold_a_password_is_forgotten(terminal, folder):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter('let p = "hunter2"; let q = "kept"', NONE)
    shell.enter("connect req 5546 as client plain client alice $p")
    shell.wait_until(lambda: shell.line.startswith("client ") and shell.line.endswith("> "), "the client")
    assert b"hunter2" not in everything_written(folder)
    shown = shell.text.count("hunter2")
    shell.enter("history")
    shell.wait_for('let p = ***; let q = "kept"')
    # Neither a hint nor a completion brings it back.
    shell.send("let p")
    shell.wait_until(lambda: "let p" in shell.line, "what was typed")
    shell.send(" = 1" + ENTER)
    shell.wait_until(lambda: shell.line.endswith("> "), "the prompt")
    assert shell.text.count("hunter2") == shown


def test_an_answer_to_libzmq_itself_is_sent_and_not_dropped(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("bind rep inproc://zeromq.zap.01 as zap; bind rep :0 as server plain server")
    shell.wait_until(lambda: shell.line.startswith("server ") and shell.line.endswith("> "), "the server")
    shell.enter("connect req $server.port as client plain_username=alice plain_password=hunter2; zap recv as request")
    shell.wait_until(lambda: shell.line.startswith("client ") and shell.line.endswith("> "), "the client")
    shell.enter('zap send 1.0 $request[1] 200 OK alice ""')
    shell.wait_for("sent to 1 peer")
    shell.wait_for("'client' is connected to")
    assert "the peer that asked has gone" not in shell.text


def test_a_verdict_stands_above_the_line_that_is_typed(terminal, port):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("auth deny 127.0.0.1")
    shell.wait_until(lambda: shell.line.startswith("zsh-mq"), "the prompt")
    shell.enter(f"bind rep {port} as server")
    shell.wait_until(lambda: shell.line.startswith("server "), "the server")
    shell.send("send half a li")
    shell.wait_until(lambda: shell.line.endswith("send half a li"), "the typed half")
    context = zmq.Context()
    client = context.socket(zmq.REQ)
    client.linger = 0
    try:
        client.connect(f"tcp://127.0.0.1:{port}")
        shell.wait_for("note: auth refused 127.0.0.1 (NULL, domain 'global'): `auth deny 127.0.0.1`")
        shell.wait_until(lambda: shell.line.endswith("send half a li"), "the typed half")
    finally:
        context.destroy(linger=0)
    shell.send(CTRL_C)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is not known who ended a connection")
@pytest.mark.parametrize("size", [5000, 5_000_000])
@pytest.mark.parametrize("transport", ["tcp", "ipc"])
def test_a_peer_that_is_cut_off_for_a_large_frame_is_told_at_the_side_that_is_bound(
        terminal, port, folder, transport, size):
    endpoint = f"tcp://127.0.0.1:{port}" if transport == "tcp" else f"ipc://{folder}/it"
    shell = terminal(columns=200)
    shell.wait_prompt(NONE)
    shell.enter(f"bind pull {endpoint} as sink maxmsgsize=1KiB")
    shell.wait_until(lambda: shell.line.startswith("sink "), "the sink")
    context = zmq.Context()
    peer = context.socket(zmq.PUSH)
    peer.linger = 0
    try:
        peer.connect(endpoint)
        # It is told also of one that has sent messages before.
        peer.send(b"Hello")
        shell.enter("recv")
        shell.wait_for("Hello")
        shell.wait_prompt("sink 1 peer> ")
        peer.send(b"x" * size)
        shell.wait_for(re.compile(r"warning: 'sink' cut .* off: a frame of it was larger than maxmsgsize \(1 KiB\), or it "
                                  r"broke the protocol or its own heartbeat_ttl; "))
        shell.wait_for("`sink set maxmsgsize 1GiB`, then `sink reset`, if it may send so much")
        # One that leaves by itself is told as such.
        peer.close()
        other = context.socket(zmq.PUSH)
        other.linger = 0
        before = shell.text.count("left 'sink'")
        other.connect(endpoint)
        shell.wait_prompt("sink 1 peer> ")
        time.sleep(0.1)  # A connection that is known for a moment only may have been ended by anybody.
        other.close()
        shell.wait_until(lambda: shell.text.count("left 'sink'") > before, "that it left")
        assert shell.text.count("warning: 'sink' cut") == 1
    finally:
        context.destroy(linger=0)


def test_a_peer_that_is_cut_off_for_a_large_frame_is_told_at_the_side_that_connected(terminal, port):
    shell = terminal(columns=240)
    shell.wait_prompt(NONE)
    context = zmq.Context()
    peer = context.socket(zmq.PUSH)
    peer.linger = 0
    try:
        peer.bind(f"tcp://127.0.0.1:{port}")
        shell.enter(f"connect pull {port} as sink maxmsgsize=1KiB; wait connected")
        shell.wait_prompt("sink 1 peer> ")
        peer.send(b"x" * 5000)
        shell.wait_for(re.compile(
            r"warning: 'sink' lost its connection to tcp://127\.0\.0\.1:\d+: the connection ended .* ago, and libzmq does "
            r"not try again: a frame came that is larger than maxmsgsize \(1 KiB\)"))
        assert "goes on trying" not in shell.text
    finally:
        context.destroy(linger=0)


def test_a_client_that_is_turned_away_is_told_with_what_it_has_to_say(terminal, port):
    shell = terminal(columns=200)
    shell.wait_prompt(NONE)
    shell.enter(f"bind rep {port} as server curve server")
    shell.wait_until(lambda: shell.line.startswith("server "), "the server")
    context = zmq.Context()
    try:
        for options in ({"curve_serverkey": zmq.curve_keypair()[0]}, {}):
            client = context.socket(zmq.REQ)
            client.linger = 0
            if options:
                client.curve_publickey, client.curve_secretkey = zmq.curve_keypair()
                client.curve_serverkey = options["curve_serverkey"]
            client.connect(f"tcp://127.0.0.1:{port}")
            shell.wait_for(re.compile(r"warning: 'server' has no connection at .*: it has to connect with\s+`curve client '"))
            client.close()
            shell.enter("server reset")
            shell.wait_until(lambda: shell.line.startswith("server "), "the server")
    finally:
        context.destroy(linger=0)
