"""Types the sessions of the documents at a real prompt: each block of ```console that begins with `$ zsh-mq`.

    session.py PROGRAM [--check] FILE...

What stands behind a prompt is typed, line by line, and the block becomes what the terminal shows then. Its ports are
replaced by free ones while it runs. Times and the version of libzmq, which differ from run to run, make nothing stale.
"""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Tests"))
from documents import program, renew
from harness.ports import free_port

SESSION = re.compile(r"```console\n\$ zsh-mq\n(?P<text>.*?)```\n", re.DOTALL)
PROMPT = re.compile(r"^(?:zsh-mq|\w+ [a-z0-9 ,]+)> ?", re.MULTILINE)
LIMIT = 20  # seconds for one line, of which it takes some thousandths


class Prompt:
    """The program on a terminal that cannot move its cursor, so that what it shows is what it wrote."""

    def __init__(self, folder):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
        environment = {
            "HOME": folder, "PATH": os.environ["PATH"], "TERM": "dumb", "LC_ALL": "C.UTF-8", "PAGER": "cat"}
        self.process = subprocess.Popen(
            [program], stdin=slave, stdout=slave, stderr=slave, cwd=folder, env=environment, start_new_session=True)
        os.close(slave)
        self.shown = b""

    @property
    def text(self):
        # A read may end in the middle of a character or a line end; what follows completes it.
        return self.shown.decode(errors="ignore").replace("\r\n", "\n")

    def read(self):
        self.shown += os.read(self.master, 65536)

    def wait(self, begin):
        """Waits until what came since an offset ends in a prompt."""
        deadline = time.monotonic() + LIMIT
        while True:
            last = self.text[begin:].rsplit("\n", 1)[-1]
            if last and PROMPT.fullmatch(last):
                return
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.master], [], [], left)[0]:
                sys.exit(f"no prompt came within {LIMIT} s:\n{self.text}")
            self.read()

    def type(self, line):
        begin = len(self.text)
        os.write(self.master, line.encode() + b"\r")
        # Behind the echo of the line: its prompt is not the one that is waited for.
        while "\n" not in self.text[begin:]:
            self.read()
        self.wait(self.text.index("\n", begin) + 1)

    def end(self):
        os.write(self.master, b"\x04")
        self.process.wait(LIMIT)
        os.close(self.master)


def recorded(text):
    lines = [PROMPT.sub("", line, count=1) for line in text.splitlines() if PROMPT.match(line)]
    ports = {port: str(free_port()) for port in sorted(set(re.findall(r"\b5\d{3}\b", " ".join(lines))))}
    with tempfile.TemporaryDirectory() as folder:
        # The greeting of somebody who has been here before is shorter.
        state = Path(folder, ".local/state/zsh-mq")
        state.mkdir(parents=True)
        state.joinpath("history").write_text("help\n")
        prompt = Prompt(folder)
        prompt.wait(0)
        for line in lines:
            if line:
                prompt.type(re.sub(r"\b5\d{3}\b", lambda found: ports[found[0]], line))
        prompt.end()
    shown = prompt.text
    for port, used in ports.items():
        shown = shown.replace(used, port)
    # Ctrl-D at the end leaves nothing but a line end; a busy machine makes the shell tell how long a line took.
    kept = [line.rstrip() for line in shown.rstrip().splitlines() if not line.startswith("took ")]
    return "\n".join(kept) + "\n"


def stable(text):
    text = re.sub(r"\b\d+(\.\d+)? (m?s|min)(?= ago)", "TIME", text)
    return re.sub(r"libzmq \d+\.\d+\.\d+", "libzmq VERSION", text)


def fresh(match, _):
    output = recorded(match["text"])
    return match[0] if stable(output) == stable(match["text"]) else f"```console\n$ zsh-mq\n{output}```\n"


renew(SESSION, fresh, "what the terminal shows")
