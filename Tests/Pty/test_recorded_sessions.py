"""Sessions with real peers, recorded at a terminal, and replayed against the same peers again and again.

`scripts/replay.sh` replays each fifty times.
"""

import re
from typing import NamedTuple

import pytest
import zmq

from harness.person import Person
from harness.ports import free_port
from harness.terminal import Terminal

HEAD = "# Recorded by zsh-mq; `zsh-mq run` replays it.\n"
PUBLIC, SECRET = (key.decode() for key in zmq.curve_keypair())
SERVER_PUBLIC = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"


class Conversation(NamedTuple):
    """What a person types, `A`, `B`, `C` for free ports, and who is there."""

    lines: list
    #: The peers of Interop/peers/conversation.py, with their arguments.
    peers: list = []
    #: Statements that the recording must have, in this order.
    has: list = []
    #: Texts that it must not have.
    lacks: list = ["sleep"]
    #: Whether peers count or tell the time, so that the recording has to be stabilized.
    varies: bool = False
    #: Whether it is recorded from the beginning on; else its lines say how.
    records: bool = True
    environment: dict = {}


CONVERSATIONS = {
    "a server that counts and tells the time": Conversation(
        ["connect req A as client", "client send Hello", "client recv", "client send Hello", "client recv as last",
         "repeat 3 { client send Hello; client recv }"],
        peers=["counter A"], varies=True,
        has=["client wait connected", "client send Hello", r"client expect re:'World \d+ at"]),
    "a server whose JSON has ids and times": Conversation(
        ["connect req A as client", "client send one", "client recv", "client send two", "client recv"],
        peers=["json A"], varies=True,
        has=['client expect {"ok":true,"request":"one","trace":{},"items":[1,2]}']),
    "dealers behind routing ids that are random": Conversation(
        ["bind router A as broker", "wait connected 2", "broker recv as first", "broker recv as second",
         "broker send $first[0] work", "broker recv", "broker send $second[0] work", "broker recv"],
        peers=["dealers A 2"],
        has=["bind router A as broker", 'unordered { broker expect _ "hello from', "broker send $first[0] work",
             "broker expect $first[0] work", "broker expect $second[0] work"], lacks=["sleep", "hex:00"]),
    "two servers in turn": Conversation(
        ["connect req A B as client", "wait connected 2",
         *["client send Hello", "client recv"] * 4],
        peers=["named A B"],
        has=['client expect "World from A"', 'client expect "World from B"', 'client expect "World from A"']),
    "a publisher that waits for nobody": Conversation(
        ["connect sub A as news", "subscribe tick", "recv", "recv", "repeat 3 recv as last"],
        peers=["ticker A"], varies=True, has=["news wait connected", r"re:'tick \d+'"]),
    "a server that is killed and comes back": Conversation(
        ["connect req A as client", "connect push B as healer", "client send Hello", "client recv", "client send die",
         "within 10s client wait disconnected", "within 50ms client recv", "healer send please", "client reset",
         "client send again", "client recv"],
        peers=["mortal A B"],
        has=["client expect alive", "client send die", "client wait disconnected", "within 50ms client expect nothing",
             "healer send please", "client reset", "client send again", "client expect alive"]),
    "bytes that are no text": Conversation(
        ["connect req A as client", r'send hex:00ff80 "\e[31m" "" "tab\there"', "recv", "send random:4", "recv"],
        peers=["echo A"], varies=True, has=[r'expect hex:00ff80 hex:1b5b33316d "" "tab\there"']),
    "JSON as it came": Conversation(
        ["connect req A as client", """send '{"b": [1,  2.0], "a": "$x ü"}' {"n": 1}""", "recv"],
        peers=["echo A"], has=["""expect '{"b": [1,  2.0], "a": "$x ü"}' '{"n": 1}'"""]),
    "frames that are too long for a line": Conversation(
        ["connect req A as client", "send zeros:70000 x", "recv", 'let part = "a line of forty characters or some more"',
         f'send "{"$part" * 16}"', "recv as text",
         "print ${len($text)}"],
        peers=["echo A"], has=["expect file:session.1.bin x", "expect file:session.2.bin as text"]),
    "what ZeroMQ refuses": Conversation(
        ["connect req A as client", "client recv", "client send Hello", "client send Hello1", "client recv",
         "connect sub A as deaf", "deaf send x", "bind rep B as server", "bind rep B as other",
         "server send x", "connect req nowhere://x", "recv_", "socket push as out", "within 20ms out send x"],
        peers=["named A"],
        has=["fails EFSM client recv", "client send Hello", "fails EFSM client send Hello1",
             'client expect "World from A"', "fails ENOTSUP deaf send x", "fails EADDRINUSE bind rep B as other",
             "fails EFSM server send x", "fails timeout within 20ms out send x"],
        lacks=["sleep", "recv_", "nowhere"]),
    "a server that never answers": Conversation(
        ["connect req A as client", "client send Hello", "within 100ms client recv", "within 50ms expect World",
         "client reset", "client send Hello", "within 50ms client recv as reply"],
        peers=["silent A"],
        has=["within 100ms client expect nothing", "within 50ms expect nothing", "client reset"]),
    "tasks, definitions and variables": Conversation(
        ["let word = 'Hello'", "serve rep :0 as greeter { send \"$request, you\" }",
         "connect req $greeter.port as inner", "connect req A as outer",
         "def ask text { outer send $text; outer expect $text }", "ask $word", "inner send $word", "inner recv",
         "bind pull :0 as sink", "let port = $sink.port",
         "task counter { connect push $port as out; repeat 3 out send $i; wait disconnected }",
         "sink recv", "sink recv", "sink recv", "stop counter"],
        peers=["echo A"],
        has=["let word = 'Hello'", "ask $word", 'inner expect "Hello, you"', "task counter {", "sink expect 1",
             "sink expect 3", "stop counter"]),
    "a recording that begins late": Conversation(
        ["let name = 'Ada'", "connect req A as client linger=0 rcvhwm=5", "bind pub :0 as out",
         "connect sub $out.port as in1", "in1 subscribe a b", "client send first", "client recv", "use client",
         "record session.zs", "send $name", "recv", "out send abc", "in1 recv"],
        peers=["echo A"], records=False,
        has=['let name = "Ada"', "connect req A as client linger=0 rcvhwm=5", "bind pub :0 as out",
             "connect sub $out.port as in1", "out wait subscribed a", "use client", "send $name",
             "expect Ada", "in1 expect abc"],
        lacks=["sleep", "first"]),
    "secrets in options": Conversation(
        [f"connect req A as client curve_serverkey='{SERVER_PUBLIC}' curve_publickey='{PUBLIC}' "
         f"curve_secretkey='{SECRET}'", "client wait connected", "client send hidden", "client recv"],
        peers=["curve A"], has=["curve_secretkey=$env.CURVE_SECRETKEY", "client expect hidden"],
        lacks=["sleep", SECRET], environment={"CURVE_SECRETKEY": SECRET}),
    "a session that is saved afterwards": Conversation(
        ["connect req A as client", "snd x", "client send Hello", "client recv", "bind pull :0 as sink",
         "connect push $sink.port as a", "connect push $sink.port as b", "a send 1", "b send 2", "sink recv",
         "sink recv", "record --session session.zs"],
        peers=["named A"], records=False,
        has=['client expect "World from A"', "bind pull :0 as sink", "unordered { sink expect 1; sink expect 2 }"]),
    "a publisher whose subscriber is elsewhere": Conversation(
        ["bind pub A as out", "bind pull B as back", "within 20s out wait subscribed", "out send news 1", "recv",
         "out send news 2", "within 10s recv"],
        peers=["follower A B"],
        has=["bind pub A as out", "bind pull B as back", "expect seen news 1", "expect seen news 2"]),
    "work of several that come in any order": Conversation(
        ["bind pull A as sink", "within 20s wait connected 3", "recv", "recv", "recv", "within 50ms recv"],
        peers=["pushers A 3"], has=["unordered {", "within 50ms expect nothing"]),
}


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_recorded_session_passes_again_and_again(
        name, binary, folder, environment, peer, spawn, request):
    conversation = CONVERSATIONS[name]
    ports = {letter: str(free_port()) for letter in "ABC"}

    def filled(text):
        for letter, port in ports.items():
            text = re.sub(rf"(?<= ){letter}(?=[ \"]|$)", port, text)
        return text

    for line in conversation.peers:
        mode, *arguments = filled(line).split()
        peer("conversation", mode, *arguments)

    shell = Terminal((binary,), env={**environment, "TERM": "xterm"}, cwd=folder, columns=160, rows=50)
    try:
        person = Person(shell)
        person.types(*(["record session.zs"] if conversation.records else []), *map(filled, conversation.lines))
        person.leaves()
    finally:
        shell.end()

    path = folder / "session.zs"
    recorded = path.read_text()

    def run(*arguments):
        result = spawn(binary, "run", *arguments, "session.zs", env={"CI": "", **conversation.environment}).result()
        assert result.exit == 0, f"{result.stderr}\n{shell.scrollback}\n{path.read_text()}"

    if conversation.varies:
        run("--stabilize", "3", "--update")
    text = path.read_text()
    rest = text
    for part in map(filled, conversation.has):
        assert part in rest, f"{part!r} is not in\n{text}"
        rest = rest[rest.index(part) + len(part):]
    for part in conversation.lacks:
        assert part not in recorded, text
    assert text.startswith(HEAD)
    assert spawn(binary, "fmt", "--check", "session.zs").result().exit == 0

    for _ in range(request.config.getoption("--replays")):
        run()
