"""The command line: where a script comes from, its options, its exit."""

import os
import re
import signal
import subprocess
import sys

import pytest
import zmq

ROUND_TRIP = """\
bind pair inproc://x as one
connect pair inproc://x as two
one send "Hello $#"
two recv as greeting
print $greeting $@
"""


# --- where the script comes from


def test_a_script_from_a_redirected_file(spawn, binary, folder):
    (folder / "script.zs").write_text(ROUND_TRIP)
    assert spawn("sh", "-c", f"'{binary}' < script.zs").result() == ("Hello 0 \n", "", 0)


def test_a_script_from_a_pipe(spawn, binary, port):
    child = spawn("sh", "-c", f"printf 'bind rep {port} as server\\nprint $server.port\\n' | '{binary}'")
    assert child.result() == (f"{port}\n", "", 0)


@pytest.mark.parametrize("arguments", [("run", "-"), ("run", "-", "a", "b"), ()])
def test_a_script_from_standard_input(spawn, binary, arguments):
    child = spawn(binary, *arguments)
    child.write(ROUND_TRIP)
    words = arguments[2:]
    assert child.result() == (f"Hello {len(words)} {' '.join(words)}\n", "", 0)


def test_an_error_on_standard_input_names_it(spawn, binary):
    child = spawn(binary)
    child.write("print fine\nsnd Hello")
    result = child.result()
    assert (result.stdout, result.exit) == ("", 2)
    assert "--> standard input:2:1" in result.stderr


@pytest.mark.parametrize("before", [(), ("run",)])
def test_a_script_as_text(spawn, binary, before):
    assert spawn(binary, *before, "-c", ROUND_TRIP, "a", "b c").result() == ("Hello 2 a b c\n", "", 0)


def test_an_error_in_a_text_names_it(spawn, binary):
    result = spawn(binary, "-c", "snd Hello").result()
    assert result.exit == 2 and "--> -c:1:1" in result.stderr


def test_arguments_of_a_script_may_look_like_options(spawn, binary, folder):
    (folder / "script.zs").write_text("print $# $@")
    child = spawn(binary, "run", "script.zs", "--timeout", "-x", "--", "-c", "--help")
    assert child.result() == ("5 --timeout -x -- -c --help\n", "", 0)


@pytest.mark.parametrize("line", ["#!/usr/bin/env -S zsh-mq run", "#!/usr/bin/env -S zsh-mq run --timeout 2s"])
def test_a_file_that_runs_by_itself(spawn, binary, folder, line):
    tools = folder / "bin"
    tools.mkdir()
    (tools / "zsh-mq").symlink_to(binary)
    script = folder / "greet"
    script.write_text(f"{line}\n{ROUND_TRIP}")
    script.chmod(0o755)
    path = {"PATH": f"{tools}:{os.environ['PATH']}"}
    assert spawn(script, "a", env=path).result() == ("Hello 1 a\n", "", 0)
    assert spawn("sh", "-c", "printf ignored | ./greet a b", env=path).result() == ("Hello 2 a b\n", "", 0)


def test_a_script_that_is_empty_does_nothing(spawn, binary, folder):
    (folder / "empty.zs").write_text("")
    (folder / "comment.zs").write_text("# nothing\n\n   \n;;\n")
    for arguments in (["run", "empty.zs"], ["run", "comment.zs"], ["-c", ""], ["run", "/dev/null"]):
        assert spawn(binary, *arguments).result() == ("", "", 0)
    assert spawn(binary).result() == ("", "", 0)


@pytest.mark.parametrize("text", [
    b"print one\r\nprint two\r\n", b"\xef\xbb\xbfprint one\nprint two", b"print one\n\n\nprint two\n# end",
])
def test_scripts_of_other_systems_run(spawn, binary, folder, text):
    (folder / "script.zs").write_bytes(text)
    assert spawn(binary, "run", "script.zs").result() == ("one\ntwo\n", "", 0)


@pytest.mark.parametrize("text", [bytes(range(256)), b"\0" * 1000, b"\xff" * 1000, b"{" * 100_000, b"'" * 9999])
def test_what_is_no_script_is_told(spawn, binary, folder, text):
    (folder / "script.zs").write_bytes(text)
    result = spawn(binary, "run", "script.zs").result()
    assert (result.stdout, result.exit) == ("", 2)
    assert result.stderr.startswith("error: ")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", result.stderr), "nothing drives the terminal"


# --- exits

EXITS = {
    0: "print fine",
    2: "snd Hello",
    3: "bind rep inproc://a\nsend early",
    4: "bind pair inproc://a as one\nconnect pair inproc://a as two\none send Hello\ntwo expect World",
    5: "bind pull inproc://a\nwithin 10ms recv",
    7: "exit 7",
    255: "exit 255",
}


@pytest.mark.parametrize("code", EXITS)
def test_the_exit_tells_how_it_ended(run_script, code):
    result = run_script(EXITS[code])
    assert result.exit == code, result
    assert result.stderr.count("error:") == (1 if code in (2, 3, 4, 5) else 0)


@pytest.mark.parametrize("arguments", [
    ["no-such-command"], ["run"], ["--no-such-option"],
    ["run", "--timeout"], ["run", "--timeout", "soon", "x.zs"], ["run", "--timeout", "5", "x.zs"], ["-c"],
    ["run", "-c"],
])
def test_a_wrong_command_line(spawn, binary, arguments):
    result = spawn(binary, *arguments).result()
    assert (result.stdout, result.exit) == ("", 64), result
    assert result.stderr.startswith("Error: ") and "Usage: " in result.stderr


@pytest.mark.parametrize("path, code", [
    ("no-such-file.zs", "No such file or directory (ENOENT)"), (".", "Is a directory (EISDIR)"),
    ("script.zs/x", "Not a directory (ENOTDIR)"), ("", "No such file or directory (ENOENT)"),
])
def test_a_script_that_cannot_be_read(spawn, binary, folder, path, code):
    (folder / "script.zs").write_text("print x")
    result = spawn(binary, "run", path).result()
    assert result == ("", f"error: cannot read '{path}': {code}\n", 3)


def test_help_and_version_go_to_standard_output(spawn, binary):
    for option, text in (("--help", "USAGE: "), ("--version", "zsh-mq "), ("-h", "USAGE: ")):
        result = spawn(binary, option).result()
        assert (result.stderr, result.exit) == ("", 0) and text in result.stdout


def test_run_knows_its_options_from_its_file(spawn, binary):
    assert "--timeout" in spawn(binary, "run", "--help").result().stdout
    result = spawn(binary, "run", "--no-such-option", "x.zs").result()
    assert result.exit == 64 and "Unknown option '--no-such-option'" in result.stderr


# --- options


@pytest.mark.parametrize("limit", ["30ms", "0.03s", "30_000us"])
def test_the_timeout_option_limits_every_wait(spawn, binary, limit):
    result = spawn(binary, "run", "--timeout", limit, "-c", "bind pull inproc://a\nrecv").result()
    assert result.exit == 5 and "within 30ms" in result.stderr


def test_the_timeout_option_may_be_never(spawn, binary):
    child = spawn(binary, "run", "--timeout", "never", "-c", "print ready; bind pull inproc://a; recv")
    child.wait_for("^ready$")
    child.signal(signal.SIGTERM)
    assert child.wait() == 143


# No lingering, which would take its second at each end.
EVERYTHING = """
bind pull inproc://a as sink; connect push inproc://a as out linger=0
out send one; out send two parts; sink recv as x; sink expect two _
bind pub :0 as news linger=0; connect sub $news.endpoint as reader linger=0
reader subscribe a; news wait subscribed a
news send abc; reader recv as x; news set sndhwm 7; news get sndhwm as x; out reset
reader disconnect $news.endpoint; news unbind $news.endpoint; reader close
task t { bind rep inproc://t; sleep 1ms }; wait t
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs LD_PRELOAD")
def test_a_signal_is_a_clean_stop_whatever_it_comes_in(run_script, c_peer_program):
    library = c_peer_program("untimely_signal", "-shared", "-fPIC", "-ldl")
    number, code = 1, 143
    while code == 143:
        result = run_script(EVERYTHING, env={"LD_PRELOAD": str(library), "UNTIMELY_SIGNAL": str(number)})
        code = result.exit
        assert (result.stderr, code) in (("", 143), ("", 0)), f"the poll {number}: {result}"
        number += 1
    assert number > 20, "it hardly polls"


@pytest.mark.parametrize("number, name", [(signal.SIGHUP, "HUP"), (signal.SIGINT, "INT")])
def test_a_signal_that_was_ignored_from_the_start_ends_nothing(spawn, binary, port, number, name):
    # As nohup starts a program, and a shell without job control one in the background.
    script = f"bind rep {port}; print ready; recv; send World"
    child = spawn("sh", "-c", f"trap '' {name}; exec '{binary}' run --timeout never -c '{script}'")
    child.wait_for("^ready$")
    child.signal(number)
    with zmq.Context() as context, context.socket(zmq.REQ) as client:
        client.connect(f"tcp://127.0.0.1:{port}")
        client.send(b"Hello")
        assert client.recv() == b"World"
    assert child.result() == ("ready\nHello\n", "", 0)


@pytest.mark.slow
def test_without_the_option_a_wait_ends_after_five_seconds(spawn, binary):
    result = spawn(binary, "run", "-c", "bind pull inproc://a\nrecv").result()
    assert result.exit == 5 and "within 5s" in result.stderr


def test_a_trace_goes_to_standard_error_and_shows_everything(spawn, binary):
    script = """bind pair inproc://x as one
connect pair inproc://x as two
one send "Hello World" "\\x00"
two recv
task worker { print working }
wait worker
fails EFSM { socket rep as r; r send x }"""
    result = spawn(binary, "run", "--trace", "-c", script).result()
    assert (result.stdout, result.exit) == ('"Hello World" "\\0"\nworker: working\n', 0)
    for line in (
        "+ -c:1: bind pair inproc://x as one", "note: 'one' is bound to inproc://x",
        "  two connects to inproc://x", '  one → "Hello World" "\\0"', '  two ← "Hello World" "\\0"',
        "worker: + -c:5: task worker { print working }", "+ -c:7: fails EFSM { socket rep as r; r send x }",
    ):
        assert result.stderr.splitlines().count(line) == 1, line
    assert "error" not in result.stderr


def test_a_trace_shows_connections(spawn, binary, port):
    script = f"bind rep {port} as server\nconnect req {port} as client\nwait connected\nserver wait connected"
    result = spawn(binary, "run", "--trace", "-c", script).result()
    assert (result.stdout, result.exit) == ("", 0)
    assert f"  client: handshake succeeded tcp://127.0.0.1:{port}" in result.stderr.splitlines()


def test_output_that_is_no_terminal_is_not_coloured(run_script):
    for script in EXITS.values():
        result = run_script(script, env={"TERM": "xterm-256color", "COLORTERM": "truecolor"})
        assert "\x1b" not in result.stdout + result.stderr


def test_the_program_needs_no_environment(binary):
    result = subprocess.run([binary, "-c", "print Grüße"], env={}, capture_output=True, timeout=30)
    assert (result.stdout, result.stderr, result.returncode) == ("Grüße\n".encode(), b"", 0)
