"""Servers that die, signals, many sockets, long loops."""

import os
import signal

import pytest


def restart_in_the_middle_of_a_request(script, spawn_script, peer, port):
    """Kills the server that has taken request 2 and starts it again; gives the client's result."""
    server = peer("reqrep_server", port, 2)
    client = spawn_script(script, port)
    server.wait_for("^stalled$")
    server.kill()
    client.wait_for("^lost$")
    peer("reqrep_server", port)
    return client.result()


def test_a_client_recovers_from_a_killed_server_by_reset(spawn_script, peer, port):
    result = restart_in_the_middle_of_a_request("""
        connect req $1 as client
        client send Hello
        client expect "World from $1"
        client send Hello
        client wait disconnected
        print lost
        fails EFSM client send "Hello again"
        client reset
        client send Hello
        client recv
        """, spawn_script, peer, port)
    assert (result.stdout, result.exit) == (f'lost\n"World from {port}"\n', 0), result


def test_a_relaxed_client_recovers_from_a_killed_server_by_itself(spawn_script, peer, port):
    result = restart_in_the_middle_of_a_request("""
        connect req $1 as client req_relaxed=1 req_correlate=1
        client send Hello
        client expect "World from $1"
        client send Hello
        client wait disconnected
        print lost
        client send Hello
        client recv
        """, spawn_script, peer, port)
    assert (result.stdout, result.exit) == (f'lost\n"World from {port}"\n', 0), result


def test_without_either_the_client_stays_stuck_and_says_why(spawn_script, peer, port):
    result = restart_in_the_middle_of_a_request("""
        connect req $1 as client
        client send Hello
        client expect "World from $1"
        client send Hello
        client wait disconnected
        print lost
        client send Hello
        """, spawn_script, peer, port)
    assert result.exit == 3, result
    assert "Operation cannot be accomplished in current state (EFSM)" in result.stderr
    assert "reset" in result.stderr


WAITING = {
    "a recv": "recv",
    "a sleep": "sleep 1m",
    "a loop": "loop { let x = 1 }",
    "a task": "task other {\n bind pull inproc://nobody as idle\n idle recv\n}\nserver recv",
}


@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("statement", WAITING)
def test_a_signal_ends_a_script_in_order(spawn_script, folder, number, code, statement):
    # libzmq makes a folder for the file of `ipc://*`, and takes both away when the socket is closed.
    def sockets():
        return [path for path in folder.rglob("*") if path.is_socket()]

    child = spawn_script(
        f"bind rep ipc://* as server\nprint ready\n{WAITING[statement]}\nprint never\n", limit="never")
    child.wait_for("^ready$")
    assert len(sockets()) == 1
    child.signal(number)
    assert child.wait() == code, child.report()
    assert child.text() == "ready\n"
    assert not sockets(), "the socket was closed before the end"


def test_a_signal_while_messages_wait_for_nobody_does_not_hang(spawn_script, port):
    child = spawn_script(f"connect push {port} as out\nrepeat 100 {{ send x }}\nprint ready\nsleep 1m\n")
    child.wait_for("^ready$")
    child.signal(signal.SIGTERM)
    assert child.wait(10) == 143, child.report()


def resident(pid):
    """The resident memory of a process, in KiB."""
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))


@pytest.mark.slow
@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="reads /proc")
def test_a_million_iterations_take_constant_memory(spawn_script):
    child = spawn_script("""
        bind pair inproc://loop as one
        connect pair inproc://loop as two
        repeat 100000 { one send "message $i"; two recv as reply }
        print begun
        repeat 1000000 { one send "message $i"; two recv as reply }
        print $reply
        sleep 10m
        """)
    child.wait_for("^begun$", timeout=120)
    before = resident(child.pid)
    child.wait_for("^message 1000000$", timeout=240)
    grown = resident(child.pid) - before
    assert grown < 4096, f"{grown} KiB more after a million messages"


def test_two_hundred_sockets_live_in_one_session(run_script):
    lines = []
    for n in range(100):
        lines += [f"bind rep inproc://number{n} as server{n}", f"connect req inproc://number{n} as client{n}"]
    lines += [f"client{n} send {n}" for n in range(100)]
    lines += [f"server{n} recv as request; server{n} send $request" for n in range(100)]
    lines += [f"client{n} recv" for n in reversed(range(100))]
    result = run_script("\n".join(lines) + "\n")
    assert (result.stderr, result.exit) == ("", 0), result
    assert result.stdout.split() == [str(n) for n in reversed(range(100))]


def test_two_hundred_sockets_over_tcp_live_in_one_session(run_script):
    lines = ["bind router :0 as hub linger=0"]
    lines += [f"connect dealer $hub.port as dealer{n} routing_id=d{n} linger=0" for n in range(200)]
    lines += [f"dealer{n} send {n}" for n in range(200)]
    lines += ["repeat 200 { hub recv }"]
    result = run_script("\n".join(lines) + "\n", timeout=60)
    assert (result.stderr, result.exit) == ("", 0), result
    assert sorted(result.stdout.splitlines()) == sorted(f"d{n} {n}" for n in range(200))


def test_a_script_from_standard_input_runs_without_a_terminal(binary, spawn):
    child = spawn(binary)
    child.write("bind pair inproc://x as one\nconnect pair inproc://x as two\none send Hello\ntwo recv\n")
    assert child.result() == ("Hello\n", "", 0)


def test_output_that_nobody_reads_ends_the_script(binary, spawn):
    child = spawn("sh", "-c", f"'{binary}' run -c 'loop {{ print y }}' | head -n 1")
    result = child.result()
    assert result.stdout == "y\n"
    assert "atal" not in result.stderr, result
