"""Peers that go silent: libzmq drops them where there are heartbeats, and we say why."""

import signal

import pytest

SILENT = "it answered no heartbeat for 200 ms"


@pytest.mark.parametrize("number, is_silent", [(signal.SIGSTOP, True), (signal.SIGKILL, False)])
def test_a_server_that_is_stopped_is_told_from_one_that_left(spawn_script, peer, port, number, is_silent):
    server = peer("peer", "rep", "bind", f"tcp://127.0.0.1:{port}", "recv")
    child = spawn_script("""
        connect req $1 as client heartbeat_ivl=200ms linger=0
        client wait connected
        sleep 300ms
        print ready
        client wait disconnected
        client status
        client send Hello
        fails timeout within 500ms client recv
        print done
        """, port)
    child.wait_for("^ready$")
    server.signal(number)
    result = child.result()
    server.signal(signal.SIGKILL)
    assert (result.stderr, result.exit) == ("", 0), result
    assert (SILENT in result.stdout) == is_silent, result
    assert "\nlost " in result.stdout and result.stdout.endswith("done\n"), result


@pytest.mark.parametrize("number, is_silent", [(signal.SIGSTOP, True), (signal.SIGKILL, False)])
def test_so_is_a_client(spawn_script, peer, port, number, is_silent):
    child = spawn_script("""
        bind router $1 as hub heartbeat_ivl=200ms
        print begun
        hub recv as message
        sleep 300ms
        print ready
        hub wait disconnected
        hub status
        """, port)
    child.wait_for("^begun$")
    client = peer("peer", "dealer", "connect", f"tcp://127.0.0.1:{port}", "send 48", "recv")
    child.wait_for("^ready$")
    client.signal(number)
    result = child.result()
    client.signal(signal.SIGKILL)
    assert (result.stderr, result.exit) == ("", 0), result
    assert (SILENT in result.stdout) == is_silent, result


def test_a_stopped_server_that_takes_connections_may_hang(spawn_script, peer, port):
    server = peer("peer", "rep", "bind", f"tcp://127.0.0.1:{port}", "recv")
    child = spawn_script("""
        connect req $1 as client heartbeat_ivl=100ms
        client wait connected
        print ready
        client wait disconnected
        client send Hello
        within 1s client recv
        """, port)
    child.wait_for("^ready$")
    server.signal(signal.SIGSTOP)
    result = child.result()
    server.signal(signal.SIGKILL)
    assert result.exit == 5, result
    assert "and has said nothing since, so it may be stopped or hang" in result.stderr


def test_heartbeats_keep_a_quiet_peer(run_script, peer, port):
    peer("peer", "rep", "bind", f"tcp://127.0.0.1:{port}", "echo")
    result = run_script("""
        connect req $1 as client heartbeat_ivl=50ms heartbeat_timeout=500ms
        client wait connected
        fails timeout within 1s client wait disconnected
        client send Hello
        client expect Hello
        """, port)
    assert (result.stderr, result.exit) == ("", 0), result
