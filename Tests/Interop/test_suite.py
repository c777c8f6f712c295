"""`zsh-mq test`: many scripts, each in a process of its own, and what is told of them."""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest

from harness.program import LIMIT

ANSWERED = """\
bind rep :0 as server
connect req $server.port as client
# phase: the server answers
client send Hello
server expect Hello
server send {word}
client expect World
"""

# A length of time in a report.
TIME = re.compile(r"\b\d+(\.\d+)? (ms|s|min)\b")


@pytest.fixture
def write(folder):
    """Writes a script into the test's folder."""

    def write(name, text):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return name

    return write


@pytest.fixture
def test(spawn, binary):
    """Runs `zsh-mq test` in the test's folder."""
    return lambda *words, env=None: spawn(binary, "test", *words, env=env).result()


def lines_of(result):
    """The scripts' lines without times: `ok a.zs`."""
    return [" ".join(TIME.sub("", line).split()) for line in result.stdout.splitlines()
            if re.match(r"(ok|FAIL|skip) ", line)]


def assert_gone(pid):
    """Waits until a process has ended; init may not have waited for it yet."""
    deadline = time.monotonic() + LIMIT
    while True:
        try:
            state = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return
        if state in "ZX":
            return
        assert time.monotonic() < deadline, f"process {pid} lives"
        time.sleep(0.01)


# --- which scripts

def test_all_that_pass(test, write):
    write("one.zs", "print x\n")
    write("two.zs", ANSWERED.format(word="World"))
    result = test(".")
    assert (result.exit, result.stderr) == (0, "")
    assert TIME.sub("TIME", result.stdout) == "ok   one.zs  TIME\nok   two.zs  TIME\n\n2 scripts: 2 passed in TIME\n"


def test_a_folder_is_searched_and_sorted_and_helpers_are_left_out(test, write, folder):
    for name in ("b.zs", "a/z.zs", "a/b/c.zs", "_helper.zs", ".hidden/x.zs", ".x.zs", "note.txt"):
        write(name, "print x\n")
    os.symlink("..", folder / "a" / "loop")
    assert lines_of(test()) == ["ok a/b/c.zs", "ok a/z.zs", "ok b.zs"]
    # Named itself it runs whatever it is called, and nothing runs twice.
    assert lines_of(test("_helper.zs", "a", "./a/z.zs")) == ["ok _helper.zs", "ok a/b/c.zs", "ok a/z.zs"]


def test_what_is_not_there_is_told_before_anything_runs(test, write, folder):
    write("one.zs", "print x > made.txt\n")
    (folder / "empty").mkdir()
    result = test("one.zs", "missing.zs")
    assert (result.exit, result.stdout) == (3, "")
    assert "cannot read 'missing.zs': No such file or directory (ENOENT)" in result.stderr
    result = test("one.zs", "empty")
    assert result.exit == 3 and "there is no script in 'empty'" in result.stderr
    assert not (folder / "made.txt").exists()


def test_filter_takes_a_text_or_a_regular_expression(test, write):
    for name in ("ask.zs", "reply.zs", "a+b.zs"):
        write(name, "print x\n")
    assert lines_of(test("--filter", "pl")) == ["ok reply.zs"]
    assert lines_of(test("--filter", "^a..\\.zs$")) == ["ok a+b.zs", "ok ask.zs"]
    assert lines_of(test("--filter", "a+b")) == ["ok a+b.zs"]
    assert lines_of(test("--filter", "(rep")) == [] and test("--filter", "(rep").exit == 3


def test_a_script_may_say_that_it_is_not_to_be_run(test, write):
    write("later.zs", "#!/usr/bin/env -S zsh-mq run\n# skip: no server yet\nsnd\n")
    result = test()
    assert (result.exit, lines_of(result)) == (0, ["skip later.zs: no server yet"])
    assert "1 script: 1 skipped" in result.stdout


def test_arguments_after_two_dashes(test, write):
    write("one.zs", "print $1 $2 $#\n")
    result = test("-v", "one.zs", "--", "--jobs", "a b")
    assert result.exit == 0 and "--jobs a b 2\n" in result.stdout


def test_names_with_blanks_line_ends_and_signs(test, write):
    for name in ("a b.zs", "a\nb.zs", "<&'\">.zs", "-x.zs", "\x1b[31mred.zs", "ünï.zs"):
        write(name, "assert 1 == 2\n")
    result = test()
    assert result.exit == 4 and "\x1b" not in result.stdout
    assert lines_of(result) == [
        "FAIL \\e[31mred.zs", "FAIL -x.zs", "FAIL <&'\">.zs", "FAIL a\\nb.zs", "FAIL a b.zs", "FAIL ünï.zs"]


# --- what went wrong

def test_the_last_phase_of_a_failure_is_shown_in_full(test, write):
    write("bad.zs", ANSWERED.format(word="Wurld"))
    result = test()
    assert result.exit == 4
    # What the monitors tell comes when it comes, and what the error says of the connections is tested elsewhere.
    text = re.sub(r"      \|   \w+: .*\n|   = note: (before it|connections): .*\n", "",
                  TIME.sub("TIME", result.stdout))
    assert re.sub(r"  TIME$", "", text, flags=re.MULTILINE) == """\
FAIL bad.zs
  phase: the server answers
    4 | client send Hello
      |   client → Hello
    5 | server expect Hello
      |   server ← Hello
    6 | server send Wurld
      |   server → Wurld
    7 | client expect World  mismatch
      |   client ← Wurld
      |   client expected World
error: 'client' received another message than expected
  --> bad.zs:7:15
   |
 7 | client expect World
   |               ^^^^^ they differ at byte 2
   = note: expected: World
   = note: received: Wurld

1 script: 1 failed in TIME
"""


def test_phases_count_from_where_they_begin_in_blocks_and_sourced_files(test, write):
    write("_part.zs", "# phase: the part\nprint one\nassert $1 == \"2\"\n")
    write("whole.zs", "def f {\n  # phase: of the def\n  print two\n}\n# phase: first\nprint x\nf\n"
                      "repeat 2 {\n  # phase: turn\n  print $i\n}\nsource _part.zs\n")
    shown = test("--", "1").stdout
    assert "phase: the part" in shown and "print one" in shown and "print two" not in shown


def test_a_script_that_does_not_parse(test, write):
    write("bad.zs", "print x > made.txt\nsnd x\n")
    result = test()
    assert result.exit == 4 and "did you mean 'send'?" in result.stdout


def test_a_script_that_never_ends_is_ended_with_what_it_started(test, write, folder):
    write("hang.zs", "timeout never\nprint before\nsh 'echo $$ > pid; exec sleep 1000'\n")
    write("loop.zs", "timeout never\nloop { let x = 1 }\n")
    write("wait.zs", "timeout never\nbind rep :0 as server\nserver recv\n")
    result = test("--limit", "3s")
    assert result.exit == 4
    assert lines_of(result) == ["FAIL hang.zs", "FAIL loop.zs", "FAIL wait.zs"]
    assert result.stdout.count("error: it did not end within 3s") == 3
    assert "it was in line 3: sh 'echo" in result.stdout and "it was in line 3: server recv" in result.stdout
    assert_gone(int((folder / "pid").read_text()))


SERVER = """\
import sys, zmq
socket = zmq.Context().socket(zmq.REP)
socket.bind(f"tcp://127.0.0.1:{sys.argv[1]}")
while True:
    request = socket.recv()
    if request == b"die":
        sys.exit("the server dies")
    socket.send(b"World")
"""


def test_a_program_under_test_is_started_in_a_task_and_started_anew(test, write, port):
    write("server.py", SERVER)
    write("case.zs", f"""\
let server = "exec {sys.executable} server.py {port}"
task server {{ sh $server }}
connect req {port} as client
client wait connected
client send Hello
client expect World
stop server
client wait disconnected
task server {{ sh $server }}
client reset
client send Hello
client expect World
""")
    result = test("--timeout", "20s", "case.zs")
    assert result.exit == 0, result.stdout


def test_a_program_under_test_that_dies_fails_the_test(test, write, port):
    write("server.py", SERVER)
    write("case.zs", f"""\
task server {{ sh 'exec {sys.executable} server.py {port}' }}
connect req {port} as client
client send die
client expect World
""")
    result = test("--timeout", "20s", "case.zs")
    assert result.exit == 4
    assert "the server dies" in result.stdout and "server.py" in result.stdout
    assert "ended with status 1" in result.stdout and "in the task 'server'" in result.stdout


def test_a_crash_harms_no_other_and_leaves_no_process(test, write, folder):
    write("crash.zs", "print before\nsh 'echo $$ > pid; kill -KILL $PPID; exec sleep 1000'\n")
    write("fine.zs", "print x\n")
    result = test()
    assert result.exit == 4 and lines_of(result) == ["FAIL crash.zs", "ok fine.zs"]
    assert "error: SIGKILL ended it" in result.stdout and "it was in line 2: sh" in result.stdout
    assert_gone(int((folder / "pid").read_text()))


def test_a_segmentation_fault(test, write):
    write("crash.zs", "sh 'kill -SEGV $PPID'\nsleep 100s\n")
    result = test("--limit", "never", env={"SWIFT_BACKTRACE": "enable=no"})
    assert result.exit == 4 and "error: SIGSEGV ended it" in result.stdout


def test_what_a_script_leaves_running_ends_with_it(test, write, folder):
    write("leave.zs", "sh 'sleep 1000 > /dev/null 2>&1 & echo $! > pid'\n")
    assert test().exit == 0
    assert_gone(int((folder / "pid").read_text()))


def test_a_flood_and_bytes_are_kept_within_bounds(test, write):
    write("flood.zs", "repeat 30000 { print \"line number $i of many\" }\nassert false\n")
    write("bytes.zs", "sh 'printf \"\\\\000\\\\033[2J\\\\377\\\\n\"'\nassert false\n")
    result = test("--limit", "never")
    assert result.exit == 4 and len(result.stdout) < 20_000
    assert "line number 30000 of many" in result.stdout
    assert "\\0\\e[2J\\xFF" in result.stdout and "\x1b" not in result.stdout


def test_an_unreadable_script_fails_and_the_others_run(test, write, folder):
    write("fine.zs", "print x\n")
    write("locked.zs", "print x\n")
    os.symlink("nowhere", folder / "gone.zs")
    os.mkfifo(folder / "pipe.zs")
    result = test()
    assert result.exit == 4
    assert "cannot read it: No such file or directory (ENOENT)" in result.stdout
    assert "it is no file of its own" in result.stdout
    assert lines_of(result)[:2] == ["ok fine.zs", "FAIL gone.zs"]


def test_exit_with_a_status_of_its_own(test, write):
    write("seven.zs", "exit 7\n")
    result = test()
    assert result.exit == 4 and "error: it ended with status 7" in result.stdout


def test_a_failed_task_is_told_with_its_name(test, write):
    write("task.zs", "task worker { assert 1 == 2 }\nwait worker\n")
    result = test()
    assert result.exit == 4 and "in the task 'worker'" in result.stdout


# --- how they run

def test_two_hundred_scripts_in_order(test, write):
    for number in range(200):
        write(f"{number:03}.zs", "bind rep :0 as server\nconnect req $server.port as client\n"
                                 f"client send {number}\nserver expect {number}\n")
    result = test("--jobs", "8")
    assert result.exit == 0, result.stdout
    assert lines_of(result) == [f"ok {number:03}.zs" for number in range(200)]
    assert "200 scripts: 200 passed" in result.stdout and "slowest: " in result.stdout


def test_more_at_a_time_than_the_system_has_room_for(spawn, binary, write):
    for number in range(60):
        write(f"{number:02}.zs", "print x\n")
    result = spawn("sh", "-c", 'ulimit -n 64 && exec "$0" "$@"', binary, "test", "--jobs", "60").result()
    assert result.exit == 0, result
    assert lines_of(result) == [f"ok {number:02}.zs" for number in range(60)]


def test_scripts_run_side_by_side(test, write):
    # Each waits for the other: one after the other neither would end.
    write("a.zs", "connect req @side-$1 as client\nclient send x\nclient expect y\n")
    write("b.zs", "bind rep @side-$1 as server\nserver expect x\nserver send y\n")
    assert test("--jobs", "2", "--", str(os.getpid())).exit == 0


def test_fail_fast_begins_nothing_more(test, write, folder):
    write("a.zs", "assert false\n")
    write("b.zs", "print x > made.txt\n")
    result = test("--jobs", "1", "--fail-fast")
    assert (result.exit, lines_of(result)) == (4, ["FAIL a.zs", "skip b.zs: another script failed"])
    assert "2 scripts: 1 failed, 1 not run" in result.stdout and not (folder / "made.txt").exists()


def test_repeat_runs_each_so_often(test, write, folder):
    write("a.zs", "sh 'echo x >> count'\n")
    result = test("--repeat", "3", "--jobs", "1")
    assert lines_of(result) == ["ok a.zs (1/3)", "ok a.zs (2/3)", "ok a.zs (3/3)"]
    assert (folder / "count").read_text() == "x\n" * 3


def test_shuffle_tells_its_seed_and_the_seed_gives_the_order(test, write):
    for number in range(10):
        write(f"{number}.zs", "print x\n")
    result = test("--shuffle", "--jobs", "1")
    (seed,) = re.findall(r"the order is that of --seed (\d+)", result.stderr)
    assert lines_of(test("--seed", seed)) == lines_of(result)
    assert lines_of(test("--seed", "1")) != lines_of(test("--seed", "2"))
    assert sorted(lines_of(result)) == [f"ok {number}.zs" for number in range(10)]


def test_rerun_failed_runs_what_failed_until_it_passes(test, write):
    write("good.zs", "print x\n")
    write("bad\n.zs", "assert false\n")
    first = test("--rerun-failed")
    assert first.exit == 4 and len(lines_of(first)) == 2
    assert "none of these scripts failed when it ran last: all are run" in first.stderr
    assert lines_of(test("--rerun-failed")) == ["FAIL bad\\n.zs"]
    # What is not run is not forgotten.
    test("good.zs")
    write("bad\n.zs", "print x\n")
    assert lines_of(test("--rerun-failed")) == ["ok bad\\n.zs"]
    assert len(lines_of(test("--rerun-failed"))) == 2


def test_without_a_place_for_its_state_it_runs_all_the_same(test, write):
    write("bad.zs", "assert false\n")
    result = test("--rerun-failed", env={"HOME": "", "XDG_STATE_HOME": ""})
    assert result.exit == 4
    result = test(env={"XDG_STATE_HOME": "/dev/null"})
    assert result.exit == 4 and "which scripts failed is not kept" in result.stderr


@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_all_and_tells_what_was_done(spawn, binary, write, folder, number, code):
    write("a.zs", "print x\n")
    write("b.zs", "timeout never\nsh 'echo $$ > pid; exec sleep 1000'\n")
    write("c.zs", "print x\n")
    child = spawn(binary, "test", "--jobs", "1", "-v")
    child.wait_for("ok   a.zs")
    while not (folder / "pid").exists() or not (folder / "pid").read_text().strip():
        assert child.process.poll() is None
    child.signal(number)
    result = child.result()
    assert result.exit == code
    assert lines_of(result) == ["ok a.zs", "skip b.zs: interrupted", "skip c.zs: interrupted"]
    assert "3 scripts: 1 passed, 2 not run" in result.stdout
    assert_gone(int((folder / "pid").read_text()))


def test_scripts_end_also_where_the_runner_is_killed(spawn, binary, write, folder):
    write("a.zs", "timeout never\nsh 'echo $$ > pid; exec sleep 1000'\n")
    child = spawn(binary, "test")
    while not (folder / "pid").exists() or not (folder / "pid").read_text().strip():
        assert child.process.poll() is None
    child.kill()
    assert_gone(int((folder / "pid").read_text()))


def test_the_command_line_is_checked(test, write):
    write("a.zs", "print x\n")
    for words in (["--jobs", "0"], ["--repeat", "0"], ["--repeat", str(2**63 - 1)], ["--limit", "x"], ["--nope"]):
        assert test(*words).exit == 64


def test_no_shell_and_timeout_are_those_of_run(test, write):
    write("a.zs", "sh 'true'\n")
    write("b.zs", "bind rep :0 as server\nserver recv\n")
    result = test("--no-shell", "--timeout", "100ms")
    assert "this script may start no programs" in result.stdout and "within 100ms" in result.stdout


# --- coverage

def test_coverage_says_which_statements_ran(test, write):
    write("_part.zs", "print one\nif $1 == \"2\" {\n  print two\n  print three\n}\nprint four\n")
    write("one.zs", "source _part.zs\ndef never {\n  print x\n}\nrepeat 3 { print y }\n")
    write("two.zs", "print z\ntask t { print w }\nwait t\n")
    result = test("--coverage", "--", "1")
    assert result.exit == 0
    assert result.stdout.split("statements that ran:\n")[1].splitlines()[:4] == [
        "   60 % of 5  _part.zs  not run: 3-4", "   75 % of 4  one.zs  not run: 3",
        "  100 % of 4  two.zs", "   76 % of 13 statements"]


def test_a_file_that_is_sourced_by_several_paths_is_one(test, write):
    write("_part.zs", "if $1 == \"1\" {\n  print one\n} else {\n  print two\n}\n")
    write("a/one.zs", "source ../_part.zs\n")
    write("b/two.zs", "source ../_part.zs\n")
    shown = test("--coverage", "--", "1").stdout
    assert shown.count("_part.zs  not run: 4\n") == 1 and "/.." not in shown and "   66 % of 3  _part.zs" in shown


def test_an_alias_is_no_file(test, write):
    write("a.zs", "alias say = 'print said'\nsay x\n")
    shown = test("--coverage").stdout.split("statements that ran:\n")[1]
    assert re.findall(r"%.*  (\S+)$", shown, re.MULTILINE) == ["a.zs"] and "alias" not in shown


def test_coverage_is_merged_over_scripts(test, write):
    write("_part.zs", "def f n {\n  if $n == \"1\" {\n    print one\n  } else {\n    print two\n  }\n}\n")
    write("one.zs", "source _part.zs\nf 1\n")
    write("two.zs", "source _part.zs\nf 2\n")
    assert "  100 % of 3  _part.zs\n" in test("--coverage").stdout


# --- TAP

def test_tap_as_prove_reads_it(test, write, folder, environment):
    write("good.zs", "print x\n")
    write("bad # TODO \\.zs", ANSWERED.format(word="Wurld"))
    write("later.zs", "# skip: why not\n")
    result = test("--report-tap", "out.tap")
    assert result.exit == 4
    tap = (folder / "out.tap").read_text()
    assert tap.startswith("TAP version 14\n1..3\nnot ok 1 - bad \\# TODO \\\\.zs\n  ---\n  message: ")
    assert "  phase: \"the server answers\"\n  picture: |\n    error: 'client' received" in tap
    assert "ok 2 - good.zs\nok 3 - later.zs # SKIP why not\n" in tap
    prove = shutil.which("prove") or pytest.skip("no prove")
    # Perl's own reader knows no version after 13, and 14 changed nothing that stands here.
    (folder / "out.tap").write_text(tap.replace("TAP version 14", "TAP version 13"))
    parsed = subprocess.run([prove, "-e", "cat", "out.tap"], cwd=folder, capture_output=True, text=True)
    assert "Failed test:  1" in parsed.stdout and "Tests: 3 Failed: 1" in parsed.stdout, parsed.stdout
    assert "Parse errors" not in parsed.stdout
    (folder / "good.tap").write_text("TAP version 13\n1..2\n" + "".join(
        line.replace("ok 2", "ok 1").replace("ok 3", "ok 2") + "\n" for line in tap.splitlines()
        if line.startswith("ok ")))
    assert subprocess.run([prove, "-e", "cat", "good.tap"], cwd=folder, capture_output=True).returncode == 0


def test_a_report_on_standard_output_has_it_alone(test, write):
    write("good.zs", "print x\n")
    result = test("--report-tap", "-")
    assert result.stdout == "TAP version 14\n1..1\nok 1 - good.zs\n# 1 passed, 0 failed, 0 skipped\n"
    assert "1 script: 1 passed" in result.stderr


def test_a_report_that_cannot_be_written_is_told_before_anything_runs(test, write, folder):
    write("one.zs", "print x > made.txt\n")
    for path, name in (("nowhere/x.tap", "ENOENT"), (".", "EISDIR")):
        result = test("--report-tap", path)
        assert result.exit == 3 and result.stdout == ""
        assert f"cannot write '{path}'" in result.stderr and name in result.stderr
    # Nor is a half one left where no script is found, or two want the same file.
    assert test("--report-tap", "x.tap", "missing.zs").exit == 3
    same = test("--report-tap", "x.tap", "--report-junit", "x.tap")
    assert same.exit == 64 and "two reports cannot go to the same file, 'x.tap'" in same.stderr
    assert sorted(path.name for path in folder.glob("*.*")) == ["one.zs"]


@pytest.mark.parametrize("target, name, status", [(">&-", "EBADF", 3), (">/dev/full", "ENOSPC", 3), ("| true", None, 141)])
def test_an_output_that_takes_nothing_is_told_once_all_has_run(spawn, binary, write, folder, target, name, status):
    # A pipe whose reader has gone is told by the status alone. The script waits until that has happened.
    wait = 'sh "while test -e reading; do sleep 0.01; done"\n' if name is None else ""
    write("one.zs", wait + "print x > made.txt\n")
    (folder / "reading").touch()
    if name is None:
        target = "| rm reading"
    words = f'set -o pipefail; "{binary}" test --report-tap out.tap {target}'
    result = spawn("bash", "-c", words).result()
    assert result.exit == status and (folder / "made.txt").exists()
    assert result.stderr.count("error: ") == (1 if name else 0)
    assert (f"cannot write to standard output: " in result.stderr and name in result.stderr) or name is None
    assert (folder / "out.tap").read_text().endswith("# 1 passed, 0 failed, 0 skipped\n")


@pytest.mark.parametrize("kind", ["tap", "junit", "json", "html"])
def test_a_full_disk_is_told_of_each_report(test, write, kind):
    write("one.zs", "print x\n")
    result = test(f"--report-{kind}", "/dev/full")
    assert result.exit == 3 and "1 script: 1 passed" in result.stdout
    assert "error: cannot write '/dev/full': No space left on device (ENOSPC)" in result.stderr


def test_a_report_is_there_whole_or_as_it_was(spawn, binary, write, folder):
    write("a.zs", "timeout never\nsh 'touch begun; exec sleep 1000'\n")
    (folder / "out.tap").write_text("before\n")
    child = spawn(binary, "test", "--report-tap", "out.tap")
    while not (folder / "begun").exists():
        assert child.process.poll() is None
    assert (folder / "out.tap").read_text() == "before\n"
    child.signal(signal.SIGINT)
    assert child.result().exit == 130
    assert (folder / "out.tap").read_text().endswith("Bail out! interrupted\n")
    assert not list(folder.glob("*.new"))
