"""Tasks: many at once, whole lines, stop and wait, failures."""

import collections
import signal

import pytest

from harness.program import LIMIT


def test_a_hundred_tasks_talk_at_once(run_script, port):
    result = run_script("""
        bind router $1 as hub
        repeat 100 {
          let number = $i
          task "worker$i" {
            connect dealer $1 as own routing_id="id$number" linger=5s
            own send Hello
            own expect "World for id$number"
            print "done $number"
          }
        }
        repeat 100 { hub recv as id text; hub send $id "World for $id" }
        repeat 100 wait "worker$i"
        """, port, timeout=60)
    assert (result.stderr, result.exit) == ("", 0), result
    expected = {f"worker{n}: done {n}" for n in range(1, 101)}
    assert set(result.stdout.splitlines()) == expected and result.stdout.count("\n") == 100


def test_lines_of_tasks_are_never_mixed(run_script):
    count, tasks = 2000, 8
    result = run_script(f"""
        repeat {tasks} {{
          let number = $i
          task "t$i" {{ repeat {count} {{ print "$number line $i {'x' * 90}" }} }}
        }}
        repeat {tasks} wait "t$i"
        """, timeout=60)
    assert (result.stderr, result.exit) == ("", 0), result.stderr
    seen = collections.defaultdict(int)
    for line in result.stdout.splitlines():
        name, number, word, index, text = line.split(" ")
        assert (name, word, text) == (f"t{number}:", "line", "x" * 90), line
        seen[name] += 1
        assert int(index) == seen[name], "each task's lines are in order"
    assert seen == {f"t{n}:": count for n in range(1, tasks + 1)}


def test_tasks_reach_each_other_over_inproc_whoever_comes_first(run_script):
    result = run_script("""
        task client {
          connect req inproc://between as asker
          repeat 3 { asker send "Hello $i"; asker recv }
        }
        task server {
          bind rep inproc://between as replier
          repeat 3 { replier recv as request; replier send "$request, World" }
        }
        wait client
        wait server
        """)
    assert (result.stderr, result.exit) == ("", 0), result
    assert result.stdout == "".join(f'client: "Hello {n}, World"\n' for n in (1, 2, 3))


@pytest.mark.parametrize("busy", [
    "recv", "sleep 1h", "loop { }", "loop { let x = 1 }", "every 1ms { let x = 1 }", "loop { print x }",
    "task inner { sleep 1h }; wait inner", "wait connected", "repeat 1000000 send x",
])
def test_stop_ends_a_task_whatever_it_does(run_script, busy):
    own = "connect push" if "send" in busy else "bind pull"
    result = run_script(f"""
        bind pair inproc://ready as ready
        task worker {{
          connect pair inproc://ready as told
          told send ready
          {own} inproc://own as own
          {busy}
        }}
        ready recv as word
        stop worker
        # Its sockets are closed: the address is free.
        bind pull inproc://own
        print stopped
        """)
    assert (result.stderr, result.exit) == ("", 0), result.stderr
    lines = [line for line in result.stdout.splitlines() if not line.startswith("worker: ")]
    assert lines == ["stopped"]


def test_wait_waits_for_the_end_of_a_task(run_script):
    result = run_script("""
        task worker { sleep 50ms; print first }
        wait worker
        print second
        wait worker
        print third
        """)
    assert result == ("worker: first\nsecond\nthird\n", "", 0)


@pytest.mark.parametrize("failure, code, message", [
    ("let x = 1 / 0", 3, "division by zero"),
    ("fails EFSM print x", 4, "expected the error EFSM"),
    ("within 10ms sleep 1h", 5, "the time limit ran out"),
    ("use $missing", 3, "is not set"),
])
@pytest.mark.parametrize("meanwhile", ["sleep 1h", "wait worker", "idle recv", "loop { let x = 1 }"])
def test_a_task_that_fails_fails_the_script_and_is_told_once(run_script, failure, code, message, meanwhile):
    script = f"""
        bind pull inproc://nobody as idle
        if $# > 0 {{ let missing = 1 }}
        task worker {{ {failure} }}
        {meanwhile}
        print never
        """
    result = run_script(script, limit="never")
    assert result.exit == code, result
    assert "never" not in result.stdout
    assert result.stderr.count("error:") == 1 and message in result.stderr
    assert result.stderr.count("in the task 'worker'") == 1


def test_a_failure_of_a_task_that_the_script_expects_is_no_failure_of_the_script(run_script):
    for statement in ("fails task wait worker", "fails any wait worker", "try { wait worker } catch { }"):
        # With the loop, the task has failed before the statement that expects it is reached.
        for busy in ("", "repeat 1000 { let x = $i }"):
            result = run_script(f"task worker {{ let x = 1 / 0 }}\n{busy}\nwithin 10s {statement}\n")
            assert result.exit == 0 and result.stderr.count("error:") == 1, result


def test_of_two_tasks_that_fail_each_is_told(run_script):
    result = run_script("""
        task one { let x = 1 / 0 }
        task two { fails EFSM print x }
        sleep 1h
        """, limit="never")
    assert result.exit in (3, 4)
    assert 1 <= result.stderr.count("error:") <= 2


@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_stops_a_hundred_tasks(spawn_script, number, code):
    child = spawn_script("""
        bind pull inproc://ready as ready
        repeat 100 {
          let number = $i
          task "worker$i" {
            connect push inproc://ready as told
            told send x
            bind pull "inproc://own$number" as own
            own recv
          }
        }
        repeat 100 { ready recv as word }
        print ready
        sleep 1h
        """, limit="never")
    child.wait_for("^ready$")
    child.signal(number)
    assert child.wait() == code, child.report()
    assert child.text("stderr") == ""


def test_a_task_closes_its_sockets_when_it_ends(run_script, port):
    result = run_script(f"""
        repeat 50 {{
          task worker {{ bind rep {port} as server; connect req {port} as client; client send x; server recv as y }}
          wait worker
        }}
        print done
        """, timeout=60)
    assert result == ("done\n", "", 0)


def test_what_was_printed_before_a_task_began_comes_first(run_script):
    for _ in range(5):
        # The script is busy for longer than the task lives.
        result = run_script("print first\ntask worker { print second }\nrepeat 3000000 { let x = 1 }\nwait worker\n")
        assert result == ("first\nworker: second\n", "", 0)


def test_a_task_that_exits_with_a_status_is_told(run_script):
    result = run_script("task worker { exit 7 }\nwait worker\n")
    assert result.exit == 7 and "worker" in result.stderr
