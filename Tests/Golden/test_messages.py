"""Every message that the shell can give has a golden case that shows it."""

import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
SOURCES = HERE.parent.parent / "Sources" / "Shell"

# A message is the first string after one of these.
GIVES = re.compile(
    r"\b(?:Failure|Diagnostic|ValueError|arguments\.error|failure|timeout)\("
    r"(?:\s*\.\w+(?:\([^()]*(?:\([^()]*\))?[^()]*\))?,|\s*message:|\s*deadline,)*\s*(\"(?:[^\"\\]|\\.)*\")")

# What no script of one process can bring about in a second, and where else it is tested (if it is).
ELSEWHERE = {
    "exit": "no message: how `exit` ends a script",
    "interrupted": "no message: how a signal ends a statement",
    "a task failed": "no message: the task told it",
    "the task '…' failed": "no message: the task told it",
    "cannot write to …: its reader has gone (EPIPE)": "no message: Interop/test_streams.py",
    "cannot make …: … (…)": "Interop/test_limits.py: no more descriptors",
    "cannot start the task '…': … (…)": "Interop/test_limits.py: no more descriptors",
    "cannot open '…' again: … (…)": "Interop/test_limits.py: no more descriptors",
    "cannot authenticate: … (…)": "no more descriptors",
    "cannot go on from '…' to '…': … (…)": "libzmq refuses what it takes of a send: a defect",
    "cannot make keys: … (…)": "a libzmq without CURVE",
    "cannot secure '…': … (…)": "a libzmq without CURVE",
    "cannot make a pipe: … (…)": "no more descriptors",
    "cannot start a thread: … (…)": "no more threads",
    "cannot read the output: … (…)": "a read(2) of a pipe that fails: a defect",
    "'…' is not there": "Interop/test_check.py",
    "… files are read, one inside the other": "Interop/test_check.py",
    "… files are being read, one inside the other": "Interop/test_check.py",
    "the peers of '…' cannot be known": "only pgm and norm, which few builds of libzmq have",
    "cannot wait: … (…)": "a zmq_poll that fails: a defect",
    "cannot wait for '…': … (…)": "a zmq_poll that fails: a defect",
    "cannot get '…' of '…': … (…)": "libzmq refuses to read an option that it has: a defect",
    "cannot get '…' of the context: … (…)": "libzmq refuses to read its option: a defect",
    "cannot … on '…': … (…)": "libzmq refuses a subscription: a defect",
    "cannot take '…' from …: … (…)": "libzmq refuses to undo what it did: a defect",
    "the system gives … of '…' at most, and not …": "Interop/test_options.py: another limit on each machine",
    "the history is not forgotten: …": "Pty/test_history.py",
    "'…' at …: ……": "Pty/test_events.py",
    "'…' is being recorded already": "Pty/test_record.py",
    "nothing is being recorded": "Pty/test_record.py",
    "a secret is not recorded: the recording reads it from $env.…": "Pty/test_record.py",
    "'…' is in the middle of a request, which the recording does not have": "Pty/test_record.py",
    "'$…' has the routing id of a peer, which has another one in a replay": "Pty/test_record.py",
    "the task '…' runs, and the recording does not have it": "a session longer than its journal",
    "the session was longer than its journal: the file has its first … statements": "a session of 10,000 statements",
    "this expectation met different messages, and is left as it is": "Interop/test_update.py",
    "'…' was closed before its peer had read all: the last messages may be lost": "Interop/test_limits.py",
    "'…': … ……": "told at the prompt: Pty/test_events.py",
    "'…' is connected to ……": "told at the prompt: Pty/test_events.py",
    "… connected to '…'; …": "told at the prompt: Pty/test_events.py",
    "… left '…'; …": "told at the prompt: Pty/test_events.py",
    "'…' lost its connection to …: …": "told at the prompt: Pty/test_security.py",
    "'…' cut … off: …; …": "told at the prompt: Pty/test_security.py",
    "'…' cut … off: … came, and no whole message": "Interop/test_exhaustion.py",
    "'…' cut … off: … of it wait to be received, and the memory is at its end": "Interop/test_exhaustion.py",
    "'…' cut … off: it sent … of subscriptions": "Interop/test_exhaustion.py",
    "no further peer can connect: this program has as many files open as it may": "Interop/test_exhaustion.py",
    "… of … wait to be received by '…'": "Interop/test_exhaustion.py",
    "'…' lost its connection to …": "told at the prompt: Pty/test_events.py",
    "… …, so '…' dropped it; …": "told at the prompt: Pty/test_patterns.py",
    "…: ……": "told at the prompt: Pty/test_events.py",
    "'…' has no connection at …: ……": "told at the prompt: Pty/test_events.py",
}


def plain(literal):
    """A Swift literal's text, `…` for what is interpolated."""
    text, depth, index = "", 0, 1
    while index < len(literal) - 1:
        if depth == 0 and literal.startswith("\\(", index):
            text += "…"
            depth, index = 1, index + 2
        elif depth:
            depth += {"(": 1, ")": -1}.get(literal[index], 0)
            index += 1
        elif literal[index] == "\\":
            text += literal[index + 1]
            index += 2
        else:
            text += literal[index]
            index += 1
    return text


def messages():
    """Every message in the sources, with the file that gives it."""
    for path in sorted(SOURCES.rglob("*.swift")):
        for found in GIVES.finditer(path.read_text()):
            yield path.name, plain(found[1])


def test_every_message_has_a_case():
    shown = "\n".join(path.read_text() for path in sorted(HERE.rglob("*.err")))
    missing = [
        (name, message) for name, message in messages()
        if message not in ELSEWHERE
        and not re.search(r"(error|warning|note): [^\n]*" + ".+?".join(map(re.escape, message.split("…"))), shown)
    ]
    assert not missing


def test_the_list_of_exceptions_is_not_out_of_date():
    assert set(ELSEWHERE) <= {message for _, message in messages()}
