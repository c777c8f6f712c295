"""`run --update` and `run --stabilize`: expectations are written anew, and nothing else."""

import os
import stat
import sys

import pytest

from harness.terminal import Terminal

SCRIPT = """\
# A comment,  with blanks
serve rep :0 as s { send "World 2" hex:00ff "to $request" }
connect req $s.port as c
repeat 2 {
  c send Hello
  c    expect "World 1"   hex:00fe   'to Hello'   # trailing
}

c send again
c expect "World 1"   # one frame of three
c send last
c expect re:'World \\d' _ ...
fails mismatch { c send no; c expect bad }
try { c send no; c expect bad } catch { print $error.name }
"""

UPDATED = SCRIPT.replace('"World 1"   hex:00fe', '"World 2"   hex:00ff').replace(
    'c expect "World 1"   #', 'c expect "World 2" hex:00ff "to again"   #')


@pytest.fixture
def run(binary, spawn):
    """Runs `zsh-mq run` where CI is not set."""
    return lambda *arguments, env=None: spawn(binary, "run", *arguments, env={"CI": "", **(env or {})}).result()


@pytest.fixture
def script(folder):
    def write(text, name="case.zs"):
        (folder / name).write_text(text)
        return folder / name

    return write


def test_literals_that_failed_are_rewritten_and_every_other_byte_stays(run, script):
    path = script(SCRIPT)
    path.chmod(0o750)
    result = run("--update", "case.zs")
    assert result.exit == 0
    assert path.read_text() == UPDATED
    assert stat.S_IMODE(path.stat().st_mode) == 0o750
    assert '-  c    expect "World 1"   hex:00fe' in result.stderr
    assert "note: 2 expectations of 'case.zs' were rewritten" in result.stderr
    assert run("case.zs").exit == 0
    assert "every expectation holds" in run("--update", "case.zs").stderr
    assert path.read_text() == UPDATED


def test_a_link_stays_a_link(run, script, folder):
    path = script(SCRIPT)
    (folder / "link.zs").symlink_to("case.zs")
    assert run("--update", "link.zs").exit == 0
    assert (folder / "link.zs").is_symlink() and path.read_text() == UPDATED
    assert sorted(os.listdir(folder)) == ["case.zs", "link.zs"]


def test_the_encoding_of_a_word_is_kept(run, script):
    path = script(
        "bind pair inproc://p as a; connect pair inproc://p as b\n"
        "a send hex:0102 text:x:y msgpack:'{\"a\":1}' ''\n"
        "b expect hex:00 base64:AA== msgpack:'{\"a\":2}' z85:'HelloWorld'\n")
    assert run("--update", "case.zs").exit == 0
    assert path.read_text().splitlines()[2] == "b expect hex:0102 base64:eDp5 msgpack:'{\"a\":1}' \"\""
    assert run("case.zs").exit == 0


def test_a_long_frame_goes_to_a_file(run, script, folder):
    path = script("bind pair inproc://p as a; connect pair inproc://p as b; a send zeros:5000; b expect x\n")
    assert run("--update", "case.zs").exit == 0
    assert path.read_text().endswith("b expect file:case.1.bin\n")
    assert (folder / "case.1.bin").read_bytes() == bytes(5000)
    assert run("case.zs").exit == 0


def test_patterns_are_left_alone(run, script):
    text = "bind pair inproc://p as a; connect pair inproc://p as b; a send World\nb expect glob:'Hello*'\n"
    path = script(text)
    assert run("--update", "case.zs").exit == 4
    assert path.read_text() == text


def test_variables_are_left_alone(run, script):
    text = "bind pair inproc://p as a; connect pair inproc://p as b; let x = 1; a send 2\nb expect $x\n"
    path = script(text)
    assert run("--update", "case.zs").exit == 4
    assert path.read_text() == text


def test_an_expectation_in_a_loop_that_meets_different_messages_is_told(run, script):
    text = "bind pair inproc://p as a; connect pair inproc://p as b\nfor n in 1..3 { a send $n; b expect 2 }\n"
    path = script(text)
    result = run("--update", "case.zs")
    assert result.exit == 4
    assert "this expectation met different messages, and is left as it is" in result.stderr
    assert path.read_text() == text


def test_messages_without_an_order_are_paired(run, script):
    path = script(
        "bind pair inproc://p as a; connect pair inproc://p as b\na send two; a send new\n"
        "unordered { b expect old; b expect two }\n")
    assert run("--update", "case.zs").exit == 0
    assert path.read_text().endswith("unordered { b expect new; b expect two }\n")


def test_nothing_is_rewritten_where_the_script_fails_elsewhere(run, script):
    text = "bind pair inproc://p as a; connect pair inproc://p as b\na send x; b expect y\nassert 1 == 2\n"
    path = script(text)
    result = run("--update", "case.zs")
    assert result.exit == 4
    assert "the script failed elsewhere too: nothing is rewritten, where 1 expectation would be" in result.stderr
    assert path.read_text() == text


def test_what_is_no_file_and_what_runs_in_ci_is_refused(run, script, binary, spawn):
    path = script(SCRIPT)
    for arguments in (["--update", "-"], ["--update", "-c", "print x"], ["--stabilize", "3", "-"],
                      ["--stabilize", "1", "case.zs"], ["--update=ask", "case.zs"],
                      ["--update", "--report-tap", "x.tap", "case.zs"]):
        assert run(*arguments).exit == 64, arguments
    result = run("--update", "case.zs", env={"CI": "true"})
    assert result.exit == 64 and "'--update' is refused in CI" in result.stderr
    assert path.read_text() == SCRIPT
    assert run("--update=force", "case.zs", env={"CI": "true"}).exit == 0
    assert path.read_text() == UPDATED


def test_a_script_keeps_its_own_arguments(run, script):
    script("print $@\n")
    assert run("case.zs", "--update=ask", "--update").stdout == "--update=ask --update\n"


@pytest.mark.parametrize("answers, expected", [("y\ny\n", UPDATED), ("n\nn\n", SCRIPT), ("a\n", UPDATED), (
    "y\nq\n", SCRIPT.replace('"World 1"   hex:00fe', '"World 2"   hex:00ff'))])
def test_each_change_is_asked_for(binary, folder, environment, script, answers, expected):
    path = script(SCRIPT)
    shell = Terminal((binary, "run", "--update=ask", "case.zs"), env={**environment, "CI": "1"}, cwd=folder)
    try:
        for count, answer in enumerate(answers.splitlines(), start=1):
            shell.wait_until(lambda: shell.text.count("rewrite it (") == count, f"question {count}")
            shell.send(answer + "\r")
        assert shell.wait_exit() == (0 if expected == UPDATED else 4)
    finally:
        shell.end()
    assert path.read_text() == expected


SERVER = """
import itertools, json, sys, time, uuid, zmq
socket = zmq.Context().socket(zmq.REP)
port = socket.bind_to_random_port("tcp://127.0.0.1")
print("ready", port, flush=True)
for n in itertools.count(1):
    request = socket.recv()
    if request == b"json":
        reply = {"id": n, "ok": True, "who": {"name": "x", "session": str(uuid.uuid4())}, "tags": ["a", "$b"]}
        socket.send(json.dumps(reply).encode())
    elif request == b"parts":
        socket.send_multipart([b"same", str(n).encode(), uuid.uuid4().bytes])
    elif request == b"tail":
        socket.send_multipart([b"same"] * (1 + n // 8))
    else:
        socket.send(f"World {n} at {time.time():.6f}".encode() if request == b"time" else b"World")
"""


def test_frames_that_differ_from_run_to_run_become_patterns(run, script, spawn):
    server = spawn(sys.executable, "-u", "-c", SERVER)
    port = server.wait_for(r"^ready (\d+)\n")[1]
    text = (
        f"connect req {port} as c\n"
        'c send time; c expect "World 1 at 1700000000.123456"  # when\n'
        "c send json\n"
        """c expect '{"id": 1, "ok": true, "who": {"name": "x", "session": "1"}, "tags": ["a", "$b"]}'\n"""
        "c send parts; c expect same 3 hex:00\n"
        "c send tail; c expect same\n"
        "c send x; c expect   World\n")
    path = script(text)
    shown = run("--stabilize", "3", "case.zs")
    assert shown.exit == 4 and path.read_text() == text
    written = run("--stabilize", "3", "--update", "case.zs")
    assert written.exit == 0
    assert path.read_text() == (
        f"connect req {port} as c\n"
        r"""c send time; c expect re:'World \d+ at \d+\.\d+'  # when""" "\n"
        "c send json\n"
        r"""c expect {"ok":true,"who":{"name":"x"},"tags":["a","\$b"]}""" "\n"
        r"c send parts; c expect same re:'\d+' _" "\n"
        "c send tail; c expect same ...\n"
        "c send x; c expect   World\n")
    for _ in range(3):
        assert run("case.zs").exit == 0


def test_files_that_are_sourced_and_tasks_are_rewritten_too(run, script, folder):
    (folder / "parts").mkdir()
    part = folder / "parts/_ask.zs"
    part.write_text("def asks client answer {\n  $client send Hello\n  $client expect World answer  # what it says\n}\n"
                    "task worker {\n  bind pair inproc://worker\n  expect job 1\n  send done\n}\n")
    path = script(
        "serve rep inproc://s as s { send $request 2 }\nconnect req inproc://s as c\nsource parts/_ask.zs\n"
        "asks c x\nconnect pair inproc://worker as boss\nboss send job 2\nboss expect over\nwait worker\n")
    shown = run("--stabilize", "2", "case.zs")
    assert shown.exit == 4 and "+++ parts/_ask.zs" in shown.stdout and "+boss expect done" in shown.stdout
    result = run("--update", "case.zs")
    assert result.exit == 0
    assert part.read_text().splitlines()[2] == "  $client expect Hello 2  # what it says"
    assert part.read_text().splitlines()[6] == "  expect job 2"
    assert path.read_text().splitlines()[6] == "boss expect done"
    assert "note: 2 expectations of 'parts/_ask.zs' were rewritten" in result.stderr
    assert "note: 1 expectation of 'case.zs' was rewritten" in result.stderr
    assert run("case.zs").exit == 0


def test_a_file_that_is_read_twice_is_rewritten_where_both_times_agree(run, script, folder):
    part = folder / "_part.zs"
    part.write_text("a send $n $m\nb expect one 2\n")
    script("bind pair inproc://p as a; connect pair inproc://p as b\n"
           "let m = 3\nfor n in [1, 2] { source _part.zs }\n")
    result = run("--update", "case.zs")
    assert result.exit == 4 and "met different messages" in result.stderr and "_part.zs:2:" in result.stderr
    assert part.read_text() == "a send $n $m\nb expect one 2\n"
    script("bind pair inproc://p as a; connect pair inproc://p as b\n"
           "let m = 3\nfor n in [1, 1] { source ./_part.zs }\nsource _part.zs\n")
    assert run("--update", "case.zs").exit == 0
    assert part.read_text() == "a send $n $m\nb expect 1 3\n"


def test_a_file_that_changes_while_the_script_runs_leaves_all_as_they_are(run, script, folder):
    part = folder / "_part.zs"
    part.write_text("a send x; b expect y\n")
    text = ("bind pair inproc://p as a; connect pair inproc://p as b\nsource _part.zs\na send x; b expect z\n"
            "sh 'echo \"# edited\" >> _part.zs'\n")
    path = script(text)
    result = run("--update", "case.zs")
    assert result.exit == 3 and "'_part.zs' was changed while it ran: nothing is rewritten" in result.stderr
    assert path.read_text() == text and part.read_text() == "a send x; b expect y\n# edited\n"


def test_all_is_all_the_files(binary, folder, environment, script):
    part = folder / "_part.zs"
    part.write_text("a send x; b expect y\n")
    path = script("bind pair inproc://p as a; connect pair inproc://p as b\na send x; b expect z\nsource _part.zs\n")
    shell = Terminal((binary, "run", "--update=ask", "case.zs"), env={**environment, "CI": "1"}, cwd=folder)
    try:
        shell.wait_until(lambda: "rewrite it (" in shell.text, "the question")
        shell.send("a\r")
        assert shell.wait_exit() == 0
    finally:
        shell.end()
    assert path.read_text().splitlines()[1] == "a send x; b expect x" and part.read_text() == "a send x; b expect x\n"
