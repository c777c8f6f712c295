"""Standard output carries data alone; what becomes of it when its reader goes, is full, or is not there."""

import os
import signal
import subprocess

import pytest


def test_standard_output_carries_data_alone(run_script, port):
    result = run_script("""
        bind rep $1 as server
        connect req $1 as client
        client wait connected
        client send Hello
        server recv
        server send World
        client recv
        server set maxmsgsize 1MiB
        close client
        """, port)
    assert (result.stdout, result.exit) == ("Hello\nWorld\n", 0)
    assert result.stderr.startswith("warning: ")


@pytest.mark.parametrize("script", [
    "loop { print y }", "repeat 100000 { print y }", "every 1ms print y",
    "task t { loop { print y } }; wait t", "print y; print y; sleep 1h",
    "bind pair inproc://a as one; connect pair inproc://a as two; loop { one send y; two recv }",
])
def test_a_reader_that_goes_ends_the_script_quietly(spawn, binary, script):
    # `sleep` ends the script at the moment in which it has something to write only.
    endless = script.replace("sleep 1h", "every 1ms print y")
    child = spawn(
        "bash", "-c", f"'{binary}' run --timeout never -c '{endless}' | head -n 1; echo ${{PIPESTATUS[0]}}")
    result = child.result()
    first, code = result.stdout.splitlines()
    assert first in ("y", "t: y") and result.stderr == "", result
    assert code == "141", "as a program that SIGPIPE ends"


def test_a_reader_that_is_there_gets_everything(spawn, binary):
    child = spawn("sh", "-c", f"exec '{binary}' run -c 'repeat 200000 {{ print $i }}' | tail -n 1")
    assert child.result() == ("200000\n", "", 0)


def test_a_slow_reader_stops_nothing_but_the_output(spawn, binary):
    # The pipe is full, so the script waits in `print`: a signal must end it there.
    read, write = os.pipe()
    try:
        child = subprocess.Popen([binary, "run", "-c", "loop { print y }"], stdout=write, stderr=subprocess.PIPE)
        os.close(write)
        # Only what a pipe holds is taken: the first byte comes when it is written.
        assert os.read(read, 1) == b"y"
        child.send_signal(signal.SIGTERM)
        assert child.wait(30) == 143
        assert child.stderr.read() == b""
        child.stderr.close()
    finally:
        os.close(read)


def test_within_ends_a_write_that_nobody_reads(binary):
    read, write = os.pipe()
    try:
        child = subprocess.Popen(
            [binary, "run", "-c", "within 300ms repeat 100000 { print xxxxxxxxxxxxxxxxxxxxxxxxxxxx }"],
            stdout=write, stderr=subprocess.PIPE)
        os.close(write)
        assert child.wait(30) == 5
        assert b"cannot write to standard output within 300ms" in child.stderr.read()
        child.stderr.close()
    finally:
        os.close(read)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("script, place", [
    ("print y\nrepeat 100000 { print y }\nprint never", "2:"), ("print y\nsleep 1ms\nprint never", "2:"),
])
def test_a_full_disk_is_an_error_at_a_place(spawn, binary, script, place):
    result = spawn("sh", "-c", f"exec '{binary}' run -c '{script}' > /dev/full").result()
    assert (result.stdout, result.exit) == ("", 3)
    assert "cannot write to standard output: No space left on device (ENOSPC)" in result.stderr
    assert f"--> -c:{place}" in result.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_is_an_error_also_at_the_end_of_a_script(spawn, binary):
    result = spawn("sh", "-c", f"exec '{binary}' run -c 'print y' > /dev/full").result()
    assert (result.stdout, result.exit) == ("", 3)
    assert result.stderr == "error: cannot write to standard output: No space left on device (ENOSPC)\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_in_a_task_is_told_once(spawn, binary):
    result = spawn("sh", "-c", f"exec '{binary}' run -c 'task t {{ print y }}; sleep 1h' > /dev/full").result()
    assert result.exit == 3
    assert result.stderr.count("No space left on device") == 1 and "in the task 't'" in result.stderr


def test_closed_streams_do_no_harm(spawn, binary):
    script = "bind pull inproc://a; let x = 1"
    for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
        result = spawn("sh", "-c", f"exec '{binary}' run -c '{script}' {closed}").result()
        assert (result.stdout, result.stderr, result.exit) == ("", "", 0), closed


def test_printing_to_a_closed_standard_output_is_an_error(spawn, binary):
    result = spawn("sh", "-c", f"exec '{binary}' run -c 'print y' >&-").result(timeout=5)
    assert result.exit == 3 and "EBADF" in result.stderr


def busy(pid):
    """Whether a process has computed for a while: it takes longer than to start and to reach its loop."""
    with open(f"/proc/{pid}/stat") as stat:
        return int(stat.read().rsplit(")", 1)[1].split()[11]) >= 30  # utime, in hundredths of a second


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="reads /proc")
@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_what_was_printed_is_written_though_a_signal_ends_the_script(spawn, binary, number, code):
    child = spawn(binary, "run", "-c", "print important\nloop { }")
    while not busy(child.pid):
        pass
    child.signal(number)
    assert child.wait() == code
    assert child.text() == "important\n"
