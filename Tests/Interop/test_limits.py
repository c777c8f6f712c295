"""Limits of the system: descriptors that leak or run out, memory, peers that are behind when a script ends."""

import os
import resource
import subprocess
import time

import pytest

from harness.program import LIMIT

PROC = pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="reads /proc")


def descriptors(child):
    return len(os.listdir(f"/proc/{child.pid}/fd"))


def settle(child, most):
    """Waits until a child has so few descriptors: libzmq closes them a moment after the sockets."""
    deadline = time.monotonic() + LIMIT
    while (count := descriptors(child)) > most:
        assert time.monotonic() < deadline, f"{count} descriptors are left, not {most}\n{child.report()}"
        time.sleep(0.01)


@PROC
@pytest.mark.parametrize("work", [
    "bind rep $1 as server; close server",
    "bind rep $1 as server; connect req $1 as client; client send x; server recv as y; close server client",
    "bind rep inproc://a as server; connect req inproc://a as client; close server client",
    "bind pull ./a.sock as sink; close sink",
    "kept reset",
    "kept connect inproc://a; kept disconnect inproc://a",
    "kept bind :0; kept unbind",
    "task worker { bind pull inproc://own }; wait worker",
    "task worker { sleep 1h }; stop worker",
    'let soon = "soon"; fails EINVAL { bind pull inproc://a as half linger=$soon }',
    "source nothing.zs",
    "fails ENOENT source missing.zs",
    "fails EADDRINUSE { bind pull inproc://a as one; bind pull inproc://a }; close one",
])
def test_descriptors_do_not_leak(spawn_script, folder, port, work):
    (folder / "nothing.zs").write_text("")
    child = spawn_script(f"""
        connect dealer $1 as kept linger=0
        repeat 20 {{ {work} }}
        print begun
        sleep 10ms
        repeat 500 {{ {work} }}
        print done
        sleep 1h
        """, port, limit="never")
    child.wait_for("^begun$", timeout=60)
    before = descriptors(child)
    child.wait_for("^done$", timeout=60)
    settle(child, before + 8)


@PROC
def test_two_hundred_sockets_are_closed_one_by_one(spawn_script, port):
    child = spawn_script("""
        bind router $1 as hub
        print begun
        sleep 10ms
        repeat 200 { connect dealer $1 as "dealer_$i" linger=0 }
        hub wait connected 200
        repeat 200 { close "dealer_$i" }
        print closed
        sleep 1h
        """, port)
    child.wait_for("^begun$")
    before = descriptors(child)
    child.wait_for("^closed$", timeout=60)
    settle(child, before + 8)


def limited(binary, script, **limits):
    """Runs a script with limits of the system."""
    def limit():
        for name, value in limits.items():
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))

    result = subprocess.run(
        [binary, "run", "-c", script], capture_output=True, text=True, timeout=60, preexec_fn=limit, stdin=subprocess.DEVNULL)
    return result.stdout, result.stderr, result.returncode


def test_no_more_descriptors_is_an_error_and_the_shell_lives(binary):
    out, err, code = limited(binary, """
        print begun
        fails EMFILE { repeat 1000 { socket pair } }
        bind pair1 inproc://a
        connect pair2 inproc://a
        pair1 send alive
        pair2 recv
        """, NOFILE=100)
    assert (out, err, code) == ("begun\nalive\n", "", 0)


def test_no_more_descriptors_is_told_with_a_way_out(binary):
    out, err, code = limited(binary, "repeat 1000 { socket pair }", NOFILE=100)
    assert code == 3 and err.startswith("error: cannot make a PAIR: Too many open files (EMFILE)")
    assert "sockets open" in err and "`ulimit -n`" in err


def test_no_more_descriptors_for_a_task(binary):
    out, err, code = limited(binary, 'repeat 1000 { task "t$i" { sleep 1h } }', NOFILE=100)
    assert code == 3 and "Too many open files (EMFILE)" in err


@pytest.mark.parametrize("listening", [False, True])
def test_no_more_descriptors_for_connections(binary, listening):
    script = "bind rep :0 as server\nrepeat 1000 { connect req $server.port }\n"
    out, err, code = limited(binary, script if listening else script.replace("$server.port", "1"), NOFILE=100)
    assert code == 3 and "EMFILE" in err, err


@pytest.mark.parametrize("expression", ["len(1..1000000000000)", "(1..1000000000000)[5]", "1..1000000000000 == 1..2"])
def test_a_range_takes_no_memory(binary, expression):
    out, err, code = limited(binary, f"let x = {expression}\nprint done", AS=1 << 29, CORE=0)
    assert (out, err, code) == ("done\n", "", 0)


@pytest.mark.parametrize("statement", ["print 1..1000000000000", "source /dev/zero"])
def test_what_does_not_fit_into_memory_is_an_error(binary, statement):
    if "print" in statement:
        statement = "let x = 1..1000000000000\nprint $x"
    out, err, code = limited(binary, statement, AS=1 << 29, CORE=0)
    assert code == 3 and err.startswith("error: ")


def test_the_shortest_duration_is_shown(binary):
    script = "let x = 0s - 2562047h - 2836s - 854775us - (1us / 1000) * 808\nprint $x"
    out, err, code = limited(binary, script, CORE=0)
    assert (err, code) == ("", 0)


def test_a_file_whose_task_sources_it_is_refused(binary, folder):
    path = folder / "loop.zs"
    path.write_text('task again { source "loop.zs"; sleep 1h }\nsleep 1h\n')
    out, err, code = limited(binary, f"source {path}", NOFILE=100, CORE=0)
    assert code == 2 and "is being read already" in err


def test_a_peer_that_is_behind_is_told_when_a_script_ends(spawn_script, run_script, folder):
    # The peer takes nothing: what is in its buffers is unread when the linger ends.
    sink = spawn_script("bind pull ./a.sock as sink rcvhwm=1 rcvbuf=4KiB\nprint ready\nsleep 1h\n", limit="never")
    sink.wait_for("^ready$")
    result = run_script("""
        connect push ./a.sock as out linger=200ms sndbuf=4KiB
        out wait connected
        fails timeout { timeout 200ms; repeat 100000 { out send "a message of some length" } }
        """)
    assert result.exit == 0
    assert "warning: 'out' was closed before its peer had read all: the last messages may be lost" in result.stderr
    assert "`out set linger 10s`" in result.stderr
