"""Servers that die, signals, many sockets, long loops."""

import os
import resource
import signal
import socket
import time

import pytest
import zmq

from harness.program import LIMIT


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


# --- nothing is left behind


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def threads(pid):
    return len(os.listdir(f"/proc/{pid}/task"))


def listening(pid):
    """The ports that a process listens at, as the system tells them."""
    inodes = set()
    for descriptor in os.listdir(f"/proc/{pid}/fd"):
        try:
            link = os.readlink(f"/proc/{pid}/fd/{descriptor}")
        except FileNotFoundError:
            continue  # it has been closed since
        if link.startswith("socket:["):
            inodes.add(link[8:-1])
    with open("/proc/net/tcp") as table:
        rows = [line.split() for line in table][1:]
    return [row[1] for row in rows if row[3] == "0A" and row[9] in inodes]


def tell(fifo):
    """Writes a line to whoever reads the FIFO, now or later; nobody is waited for."""
    descriptor = os.open(fifo, os.O_RDWR)
    os.write(descriptor, b"go on\n")
    return descriptor


@pytest.fixture
def many_files():
    """As many descriptors as the system lets a process have, up to what a thousand sockets need."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 20_000 if hard == resource.RLIM_INFINITY else min(20_000, hard)
    if wanted < 8_000:
        pytest.skip("a thousand sockets need more descriptors than a process may have here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.slow
@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="reads /proc")
def test_a_thousand_sockets_and_peers_that_come_and_go_leave_nothing(spawn_script, many_files, folder, ports):
    own = [ports() for _ in range(50)]
    os.mkfifo(folder / "go")
    child = spawn_script("""
        timeout never
        # The context's own threads and descriptors are there from the first socket on.
        bind router $1 as hub linger=0
        close hub
        print begun
        sh "head -n 1 go > /dev/null"
        repeat 2 {
          bind router $1 as hub linger=0
          for port in $@ {
            if $port != $1 {
              bind rep $port as "r$port" linger=0
              connect req $port as "c$port" linger=0
            }
          }
          for n in 1..450 {
            bind pull @$1-$n as "in$n" linger=0
            connect push @$1-$n as "out$n" linger=0
          }
          for n in 1..450 { "out$n" send $n; "in$n" expect $n }
          for port in $@ { if $port != $1 { "c$port" send Hello; "r$port" expect Hello } }
          print made
          repeat 300 { hub recv }
          for n in 1..450 { close "in$n" "out$n" }
          for port in $@ { if $port != $1 { close "r$port" "c$port" } }
          close hub
          print closed
        }
        sleep 10m
        """, *own, limit="never")
    child.wait_for("^begun$")

    def held():
        return descriptors(child.pid), threads(child.pid), len(listening(child.pid))

    before = held()
    tell(folder / "go")
    for _ in range(2):
        child.wait_for("^made$", timeout=240)
        with zmq.Context() as context:
            for number in range(300):
                peer = context.socket(zmq.DEALER)
                peer.linger = 5000
                peer.connect(f"tcp://127.0.0.1:{own[0]}")
                peer.send(b"%d" % number)
                peer.close()
        child.wait_for("^closed$", timeout=240)
    # libzmq closes in a thread of its own, a moment later; `sh` has ended by then.
    deadline = time.monotonic() + LIMIT
    while any(now > then for now, then in zip(held(), before)):
        assert time.monotonic() < deadline, (before, held(), child.report())
        time.sleep(0.05)
    assert child.text("stderr") == "", child.report()


BUSY = {
    "waits": 'task told { sh "head -n 1 go > /dev/null" }; wait told',
    "runs a program": 'sh "head -n 1 go > /dev/null"',
    # Until a file of its folder is there, which a program that takes no time looks for now and then.
    "never waits": 'let n = 0; loop { let n = $n + 1; if $n % 200000 == 0 { if looks() { break } } }',
}

LOOKS = """
        def looks {
          try { sh "test -e over" } catch { return false }
          return true
        }
"""


@pytest.mark.slow
@pytest.mark.parametrize("what", BUSY)
def test_five_thousand_reconnections_stop_nothing(spawn_script, peer, folder, port, what):
    # Without a drained monitor, libzmq would stop to reconnect after some hundreds.
    listener = socket.create_server(("127.0.0.1", port))
    os.mkfifo(folder / "go")
    child = spawn_script(f"""
        {LOOKS if "looks()" in BUSY[what] else ""}
        timeout never
        connect push $1 as out reconnect_ivl=1ms linger=0
        print begun
        {BUSY[what]}
        out send Hello
        print sent
        sleep 10m
        """, port, limit="never")
    child.wait_for("^begun$")
    listener.settimeout(LIMIT)
    for _ in range(5000):
        connection, _ = listener.accept()
        connection.close()
    listener.close()
    (folder / "over").touch()
    tell(folder / "go")
    child.wait_for("^sent$")
    sink = peer("peer", "pull", "bind", f"tcp://127.0.0.1:{port}", "recv")
    sink.wait_for(f"^got {b'Hello'.hex()}$")
    assert child.text("stderr") == "", child.report()


@pytest.mark.slow
@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="reads /proc")
def test_peers_that_come_and_go_take_constant_memory(spawn_script):
    # A ROUTER knows 10,000 routing ids at most: the first rounds fill that.
    child = spawn_script("""
        bind router :0 as hub linger=0
        def round {
          repeat 2500 {
            connect dealer $hub.port as "peer$i" linger=0
            "peer$i" send Hello
            hub recv as id body
            hub to $id World
            "peer$i" expect World
            close "peer$i"
          }
        }
        repeat 5 { round }
        print begun
        repeat 4 { round }
        print half
        repeat 4 { round }
        print done
        sleep 10m
        """, limit="never")
    child.wait_for("^begun$", timeout=240)
    before = resident(child.pid), descriptors(child.pid)
    child.wait_for("^half$", timeout=240)
    half = resident(child.pid)
    child.wait_for("^done$", timeout=240)
    # On a busy machine libzmq takes closed sockets down late, and for that once more memory; a leak grows on and on.
    grown = min(half - before[0], resident(child.pid) - half)
    assert grown < 8_192, f"{grown} KiB more after 10,000 peers"
    assert descriptors(child.pid) < before[1] + 50
