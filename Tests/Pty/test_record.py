"""`record`: what happened at the prompt as a script, which is valid at every moment and passes when it is replayed."""

import os
import re
import shutil
import stat

import pytest

from harness.person import Person
from harness.program import LIMIT
from harness.terminal import CTRL_C, Terminal

HEAD = "# Recorded by zsh-mq; `zsh-mq run` replays it.\n"


@pytest.fixture
def person(terminal):
    return lambda *arguments, **options: Person(terminal(*arguments, columns=140, rows=50, **options))


@pytest.fixture
def recorded(folder):
    """The statements of a recording, without its first line."""

    def read(name="session.zs"):
        text = (folder / name).read_text()
        assert text.startswith(HEAD)
        return text.removeprefix(HEAD).splitlines()

    return read


@pytest.fixture
def replays(folder, spawn, binary):
    """Runs a recording again and again: it passes each time, and is laid out as `fmt` does."""

    def run(name="session.zs", times=3, env=None):
        assert spawn(binary, "fmt", "--check", name).result().exit == 0
        for _ in range(times):
            result = spawn(binary, "run", name, env=env).result()
            assert (result.exit, result.stderr) == (0, ""), (folder / name).read_text()

    return run


def test_a_conversation_is_recorded_by_its_meaning(person, recorded, replays, port):
    user = person()
    user.types(
        "record session.zs", f"bind rep {port} as server", f"connect req {port} as client", "client send Hello",
        "snd Hello", "history", "help send", "status", "client send Again", "server recv",
        f'server send "World from {port}"', "client recv", "client recv", "within 50ms server recv", "sleep 10ms",
        'client send {"a": 1}', "server recv as request", "server send $request", "client recv as reply",
        "print $reply")
    user.leaves()
    assert recorded() == [
        "bind rep :0 as server", "connect req $server.port as client", "client wait connected", "client send Hello",
        "fails EFSM client send Again", "server expect Hello", f'server send "World from {port}"',
        f'client expect "World from {port}"', "fails EFSM client recv", "within 50ms server expect nothing",
        'client send {"a": 1}', """server expect '{"a": 1}' as request""", "server send $request",
        """client expect '{"a": 1}' as reply""", "print $reply"]


def test_it_is_there_statement_by_statement_and_survives_a_kill(person, folder, replays):
    user = person()
    user.types("record session.zs")
    assert user.shell.line == "rec zsh-mq> "
    user.types("bind rep :0 as server", "connect req $server.port as client", "client send Hello", "server recv")
    text = (folder / "session.zs").read_text()
    assert text.endswith("client send Hello\nserver expect Hello\n")
    user.shell.process.kill()
    user.shell.process.wait(LIMIT)
    assert (folder / "session.zs").read_text() == text
    replays()


def test_frames_round_trip(person, recorded, replays, folder):
    user = person()
    user.types(
        "record session.zs", "bind pull :0 as sink", "connect push $sink.port as out",
        r'out send hex:00ff "a\tb\nc" "" "it is \$5" naïve', "sink recv", "out send zeros:1000 hex:00", "sink recv",
        f"out send '{'long ' * 200}'", "sink recv as text", "out send nothing '_' 'as' text:re:x", "sink recv")
    user.leaves()
    lines = recorded()
    assert r'''sink expect hex:00ff "a\tb\nc" "" 'it is $5' naïve''' in lines
    assert "sink expect file:session.1.bin hex:00" in lines
    assert (folder / "session.1.bin").read_bytes() == bytes(1000)
    assert (folder / "session.2.bin").read_text() == "long " * 200
    assert "sink expect file:session.2.bin as text" in lines
    assert 'sink expect "nothing" "_" "as" "re:x"' in lines
    replays()


def test_routing_ids_become_variables(person, recorded, replays):
    user = person()
    user.types(
        "record session.zs", "bind router :0 as broker", "connect req $broker.port as client",
        "connect dealer $broker.port as other", "client send Hello", "broker recv as request",
        "broker send $request[0] '' World", "client recv", "other send one", "broker recv", "other send two",
        "broker recv", "client send Again", "broker recv as id _ body", "broker send $id '' Bye", "client recv")
    user.leaves()
    lines = recorded()
    assert 'broker expect _ "" Hello as request' in lines
    assert "broker expect _ one as request2" in lines
    assert "broker expect $request2[0] two" in lines
    assert 'broker expect $request[0] "" Again as id _ body' in lines
    replays()


def test_messages_of_several_peers_have_no_order(person, recorded, replays):
    user = person()
    user.types(
        "record session.zs", "bind pull :0 as sink", "connect push $sink.port as a", "connect push $sink.port as b",
        "a send one", "b send two", "sink recv", "sink recv")
    user.leaves()
    assert recorded()[-1] == "unordered { sink expect one; sink expect two }"
    replays()


def test_a_message_that_waited_while_another_was_answered_has_no_order(person, recorded, replays):
    user = person()
    user.types(
        "record session.zs", "bind router :0 as broker", "connect req $broker.port as a",
        "connect req $broker.port as b", "a send one", "b send two", "broker recv as x", "broker send $x[0] '' yes",
        "broker recv as y", "broker send $y[0] '' no", "a recv", "b recv", "a send three", "broker recv as z",
        "b send four", "broker recv as z")
    user.leaves()
    lines = recorded()
    first = lines.index('unordered { broker expect _ "" one as x; broker expect _ "" two as y }')
    assert lines[first + 1:first + 3] == ['broker send $x[0] "" yes'.replace('""', "''"), "broker send $y[0] '' no"]
    assert lines[-1] == 'broker expect $y[0] "" four as z'
    replays()


def test_subscriptions_that_came_meanwhile_are_waited_for(person, recorded, replays):
    user = person()
    user.types(
        "record session.zs", "bind pub :0 as out", "connect sub $out.port as in1", "in1 subscribe news",
        "print settled")
    user.types('out send "news 1"', "in1 recv")
    user.leaves()
    assert "out wait subscribed news" in recorded()
    assert not any("sleep" in line for line in recorded())
    replays()


def test_loops_are_kept_and_what_differs_in_them_is_written_out(person, recorded, replays):
    user = person()
    user.types(
        "record session.zs", "bind pair inproc://p as a", "connect pair inproc://p as b",
        "repeat 3 { a send same; b recv }", "repeat 2 { a send $i; b recv }",
        'for n in 1..40 { a send "World $n"; b recv }', "let total = 0",
        "while $total < 2 { let total = $total + 1 }", "try { a recv_ } catch { }")
    user.leaves()
    replays()
    lines = recorded()
    assert "repeat 3 { a send same; b expect same }" in lines
    assert lines[5:9] == ["a send 1", "b expect 1", "a send 2", "b expect 2"]
    assert r'''for n in 1..40 { a send "World $n"; b expect re:'World \d+' }''' in lines
    assert not any("recv_" in line for line in lines)
    replays()


def test_an_alias_is_written_as_what_it_stands_for(person, recorded, replays):
    user = person()
    user.types(
        "alias pair2 = 'bind pair inproc://p as a; connect pair inproc://p as b'", "alias get1 = 'b recv'",
        "record session.zs", "pair2", "a send x", "get1", "a send y", "get1 as z", "get1 oops")
    user.leaves()
    assert recorded()[2:] == [
        "bind pair inproc://p as a", "connect pair inproc://p as b", "a wait connected", "b wait connected",
        "a send x", "b expect x",
        "a send y", "b expect y as z"]
    replays()


def test_what_did_not_end_is_written_as_far_as_it_came(person, recorded, replays):
    user = person()
    user.types("record session.zs", "bind pair inproc://p as a", "connect pair inproc://p as b")
    user.shell.enter("loop { a send x; b recv; b recv }")
    user.shell.wait_for(re.compile(r"^x$", re.MULTILINE))
    user.shell.send(CTRL_C)
    user.ready()
    user.types("a send last", "b expect lst", "b recv_")
    user.leaves()
    assert recorded()[4:] == ["a send x", "b expect x", "a send last", "b expect last"]
    replays()


def test_a_recording_begun_late_has_what_the_sockets_need(person, recorded, replays):
    user = person()
    user.types(
        "bind rep :0 as server linger=0", "connect req $server.port as client", 'let name = "Ada"',
        "def ask question { client send $question; server recv; server send yes; client recv }", "bind pub :0 as out",
        "connect sub $out.port as in1", "in1 subscribe a", "task echoer { sleep 1h }",
        "use client", "record session.zs", "send $name", "server recv", "server send yes", "recv", "ask again",
        "out send abc", "in1 recv")
    user.leaves()
    lines = recorded()
    assert "bind rep :0 as server linger=0" in lines
    assert "connect req $server.port as client" in lines
    assert "task echoer { sleep 1h }" in lines
    assert "out wait subscribed a" in lines
    assert "server expect Ada" in lines
    replays()


def test_served_sockets_and_closed_ones_are_known_to_a_late_recording(person, recorded, replays, port):
    user = person()
    user.types(
        "serve rep :0 as echoer echo", "bind rep :0 as greeter", 'serve greeter { send "Hello $request" }',
        "connect req $echoer.port as a", "connect req $greeter.port as b", f"bind rep {port} as gone", "close gone",
        "record session.zs", "a send one", "a recv", "b send Ada", "b recv", f"connect req {port} as c")
    user.leaves()
    lines = recorded()
    assert lines[0] == "serve rep :0 as echoer echo"
    assert "connect req $echoer.port as a" in lines
    assert 'b expect "Hello Ada"' in lines
    assert lines[-1] == f"connect req {port} as c"
    replays()


def test_what_served_sockets_were_is_known_to_a_late_recording(person, recorded, replays):
    user = person()
    user.types(
        "bind router :0 inproc://in as greeter router_mandatory=0 rcvhwm=7", "serve greeter { send $request[0] Hello }",
        "record session.zs", "connect dealer $greeter.port as a", "a send Ada", "a recv",
        "connect dealer inproc://in as b", "b send Ada", "b recv")
    user.leaves()
    lines = recorded()
    assert lines[:3] == [
        "bind router :0 as greeter router_mandatory=0 rcvhwm=7", "bind greeter inproc://in",
        "serve greeter { send $request[0] Hello }"]
    assert lines.count("a expect Hello") == 1 and lines.count("b expect Hello") == 1
    replays()


def test_proxies_are_known_to_a_late_recording(person, recorded, replays):
    user = person()
    user.types(
        "bind router :0 as front rcvhwm=7", "bind dealer inproc://back as back", "bind pull inproc://tap as tap",
        "connect push inproc://tap as copies", "proxy front back copies as broker",
        "bind xsub :0 as in1", "bind xpub :0 as out1", "proxy in1 out1 as news", "proxy pause news",
        "connect rep inproc://back as worker", "record session.zs", "connect req $front.port as client",
        "client send Hello", "worker recv", "worker send World", "client recv", "tap recv", "tap recv",
        "connect sub $out1.port as reader subscribe=a", "connect pub $in1.port as writer", "proxy resume news",
        "writer wait subscribed a", "writer send abc", "reader recv", "stop broker", "use front", "status")
    user.leaves()
    lines = recorded()
    assert [line for line in lines if "as front" in line or line.startswith("proxy")] == [
        "bind router :0 as front rcvhwm=7", "proxy front back copies as broker", "proxy in1 out1 as news",
        "proxy pause news", "proxy resume news"]
    assert "client expect World" in lines and "reader expect abc" in lines
    replays()


def test_what_a_def_received_is_expected(person, recorded, replays):
    user = person()
    user.types(
        "record session.zs", 'serve rep :0 as greeter { send "Hello $request" }', "connect req $greeter.port as client",
        "def ask name { client send $name; client recv }", "def asks a b { ask $a; ask $b }", "ask Ada",
        "asks Grace Charles", "repeat 2 ask Ada", "def quiet name { client send $name; client recv as reply; print $reply }",
        "quiet Ada")
    user.leaves()
    lines = recorded()
    assert lines[-10:] == [
        "client send Grace", 'client expect "Hello Grace"', "client send Charles", 'client expect "Hello Charles"',
        "client send Ada", 'client expect "Hello Ada"', "client send Ada", 'client expect "Hello Ada"',
        "def quiet name { client send $name; client recv as reply; print $reply }", "quiet Ada"]
    assert lines[-12:-10] == ["client send Ada", 'client expect "Hello Ada"']
    assert "def ask name { client send $name; client recv }" in lines
    replays()


def test_who_is_let_in_is_known_to_a_late_recording(person, recorded):
    user = person()
    user.types(
        "auth curve any", "auth deny 192.0.2.1", "bind rep :0 as server curve server",
        "connect req $server.port as client curve client $server.publickey", "wait connected", "record session.zs",
        "send Hello", "server recv")
    user.sees("a secret is not recorded")
    user.leaves()
    lines = recorded()
    assert lines[:2] == ["auth curve any", "auth deny 192.0.2.1"]
    assert lines[-2:] == ["send Hello", "server expect Hello"]


def test_what_a_late_recording_cannot_have_is_told(person):
    user = person()
    user.types(
        "bind rep :0 as server", "connect req $server.port as client", "client send Hello", "bind router :0 as r",
        "connect dealer $r.port as d", "d send x", "r recv as message", "record session.zs")
    user.sees("'client' is in the middle of a request, which the recording does not have")
    user.sees("'$message' has the routing id of a peer, which has another one in a replay")


def test_a_pause_is_made_up_for(person, recorded, replays):
    user = person()
    user.types(
        "record session.zs", "bind pull :0 as sink", "connect push $sink.port as a", "a send 1", "sink recv",
        "record pause")
    user.types("record status")
    user.sees("paused: 'session.zs' has")
    assert user.shell.line.startswith("paused ")
    user.types(
        "close a", "connect push $sink.port as b", "let n = 7", "b send unseen", "sink recv", "record resume",
        "b send $n", "sink recv", "record stop", "b send late", "sink recv", "record session.zs --append",
        "b send again", "sink recv")
    user.leaves()
    lines = recorded()
    assert "close a" in lines and "let n = 7" in lines and "sink expect 7" in lines
    assert "sink expect again" in lines
    assert not any("unseen" in line or "late" in line for line in lines)
    replays()


def test_the_session_is_saved_afterwards(person, recorded, replays):
    user = person()
    user.types("bind rep :0 as server", "connect req $server.port as client", "client send Hello", "oops",
               "server recv", "record --session session.zs")
    user.sees("'session.zs' has")
    user.leaves()
    assert recorded() == ["bind rep :0 as server", "connect req $server.port as client", "client wait connected",
                          "client send Hello", "server expect Hello"]
    replays()


def test_secrets_are_read_from_the_environment(person, recorded, replays):
    user = person()
    user.types(
        "let password = 'open sesame'", "record session.zs", "bind rep :0 as server plain_server=1",
        "connect req $server.port as client plain_username=joe plain_password=$password",
        "socket dealer as other", "other set plain_password=geheim")
    user.sees("a secret is not recorded: the recording reads it from $env.PLAIN_PASSWORD")
    user.leaves()
    text = "\n".join(recorded())
    assert "sesame" not in text and "geheim" not in text
    assert "let password = $env.PLAIN_PASSWORD" in text
    assert "other set plain_password=$env.OTHER_PLAIN_PASSWORD" in text
    replays(env={"PLAIN_PASSWORD": "open sesame", "OTHER_PLAIN_PASSWORD": "geheim"})


def test_a_password_that_no_socket_was_given_is_read_from_the_environment(person, recorded, replays, folder):
    user = person()
    user.types(
        "record session.zs", "let p = 'open sesame'", "auth plain joe $p", "auth stop",
        "bind rep inproc://zeromq.zap.01 as zap", "connect req inproc://zeromq.zap.01 as asker",
        "asker send 1.0 1 hall 1.2.3.4 '' PLAIN ann geheim", "zap recv as request", "zap send 1.0 1 200 OK ann ''",
        "asker recv")
    user.leaves()
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"sesame" not in everything and b"geheim" not in everything
    assert "let p = $env.PLAIN_PASSWORD" in recorded()
    assert "zap expect 1.0 1 hall 1.2.3.4 \"\" PLAIN ann _ as request" in recorded()
    replays(env={"PLAIN_PASSWORD": "open sesame", "ASKER_PLAIN_PASSWORD": "geheim"})


def test_ports_that_peers_outside_know_stay(person, recorded, folder, spawn_script, port):
    user = person()
    user.types("record session.zs", f"bind rep {port} as server", f"connect req {port} as client")
    assert recorded()[0] == "bind rep :0 as server"
    outside = spawn_script(f"connect req {port} as c; wait connected; send outside; recv")
    user.types("within 20s server recv", "server send yes")
    assert outside.result().exit == 0
    user.leaves()
    assert recorded()[:2] == [f"bind rep {port} as server", f"connect req {port} as client"]


@pytest.mark.parametrize("line, error", [
    ("record taken.zs", "File exists"), ("record /nowhere/at/all.zs", "No such file"),
    ("record pause", "nothing is being recorded"), ("record /dev/null --force", "Invalid argument"),
])
def test_what_cannot_be_recorded_is_told(person, folder, line, error):
    (folder / "taken.zs").write_text("print kept\n")
    user = person()
    user.types(line)
    user.sees(error)
    user.types("print alive")
    assert (folder / "taken.zs").read_text() == "print kept\n"
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_one_recording_at_a_time(person):
    user = person()
    user.types("record one.zs", "record two.zs")
    user.sees("'one.zs' is being recorded already")


def test_append_and_force(person, folder, recorded):
    (folder / "session.zs").write_text("print before")
    user = person()
    user.types("record session.zs --append", "print after", "record stop")
    assert (folder / "session.zs").read_text() == "print before\nprint after\n"
    user.types("record session.zs --force", "print only")
    assert recorded() == ["print only"]


def test_a_full_disk_is_told_once_and_the_session_goes_on(binary, folder, environment):
    # A limit of the size of files stands for the disk: what is written beyond it fails, and a part is taken.
    limit = "trap '' XFSZ; ulimit -f 1; exec \"$@\""
    shell = Terminal(("bash", "-c", limit, "sh", binary), env={**environment, "TERM": "xterm"}, cwd=folder,
                     columns=140, rows=50)
    try:
        user = Person(shell)
        user.types("record session.zs", f"print {'a' * 60}")
        for letter in "bcdefghijklmnopqrst":
            user.types(f"print {letter * 60}")
        user.types("print alive")
        text = (folder / "session.zs").read_text()
        assert len(text) <= 1024 and text.endswith("\n")
        assert all(line.startswith("print ") and len(line) == 66 for line in text.splitlines()[1:])
        assert shell.scrollback.count("cannot write 'session.zs': File too large (EFBIG)") == 1
        assert shell.scrollback.count("this statement is not recorded yet") == 1
    finally:
        shell.end()


def test_what_could_not_be_written_is_made_up_for(person, folder, recorded):
    (folder / "sub").mkdir()
    user = person()
    user.types("record sub/session.zs", "bind pull :0 as sink", "connect push $sink.port as a",
               "connect push $sink.port as b", "a send one", "b send two", "sink recv")
    shutil.move(folder / "sub", folder / "moved")
    user.types("sink recv")  # joins the expectation before it, so the file is written anew
    user.sees("cannot write 'sub/session.zs'")
    shutil.move(folder / "moved", folder / "sub")
    user.types("print alive")
    assert recorded("sub/session.zs")[-2:] == ["unordered { sink expect one; sink expect two }", "print alive"]
