"""Child processes whose output can be waited for, and that never outlive their test."""

import os
import re
import signal
import subprocess
import threading
import time
from typing import NamedTuple

# How long a test waits for a fact before it fails. It is never waited out by a test that passes.
LIMIT = 30.0


class Result(NamedTuple):
    """What a program left when it ended. A death by signal N is the exit -N."""

    stdout: str
    stderr: str
    exit: int


def environment(home):
    """The environment of a user with an empty home, in UTF-8, whose terminal says nothing of itself."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {
        # Short, as the path of the test's folder is, because sockets lie there.
        **kept, "HOME": str(home), "TMPDIR": str(home), "XDG_STATE_HOME": f"{home}/state", "XDG_CONFIG_HOME": f"{home}/config",
        "XDG_DATA_HOME": f"{home}/data", "XDG_CACHE_HOME": f"{home}/cache",
        "LC_ALL": "C.UTF-8", "TZ": "UTC", "TERM": "dumb",
    }


class Program:
    """A running child with its two outputs collected."""

    def __init__(self, command, *, env, cwd, stdin=None):
        self.command = [str(word) for word in command]
        # A session of its own: a signal sent to it reaches nothing else.
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=env, cwd=cwd, start_new_session=True,
        )
        self._changed = threading.Condition()
        self._output = {"stdout": bytearray(), "stderr": bytearray()}
        self._open = 2
        self._seen = {"stdout": 0, "stderr": 0}
        self._readers = [
            threading.Thread(target=self._read, args=(name,), daemon=True) for name in self._output
        ]
        for reader in self._readers:
            reader.start()

    @property
    def pid(self):
        return self.process.pid

    def _read(self, name):
        pipe = getattr(self.process, name)
        while data := os.read(pipe.fileno(), 65536):
            with self._changed:
                self._output[name] += data
                self._changed.notify_all()
        with self._changed:
            self._open -= 1
            self._changed.notify_all()

    def bytes(self, stream="stdout"):
        """Everything that it wrote so far."""
        with self._changed:
            return bytes(self._output[stream])

    def text(self, stream="stdout"):
        """Everything that it wrote so far."""
        return self.bytes(stream).decode("utf-8", "surrogateescape")

    def wait_for(self, pattern, stream="stdout", timeout=LIMIT):
        """Waits until what is new on the stream matches; what comes after the match is new again."""
        expression = re.compile(pattern.encode("utf-8", "surrogateescape"), re.MULTILINE)
        deadline = time.monotonic() + timeout
        with self._changed:
            while True:
                found = expression.search(self._output[stream], self._seen[stream])
                if found:
                    self._seen[stream] = found.end()
                    return [part and part.decode("utf-8", "surrogateescape") for part in
                            (found[0], *found.groups())]
                left = deadline - time.monotonic()
                if left <= 0 or self._open == 0:
                    why = f"not in {timeout} s" if self._open else "before it ended"
                    raise AssertionError(f"{pattern!r} did not come on {stream} {why}\n{self.report()}")
                self._changed.wait(left)

    def write(self, data):
        """Writes to its standard input."""
        self.process.stdin.write(data.encode() if isinstance(data, str) else data)
        self.process.stdin.flush()

    def close_input(self):
        self.process.stdin.close()

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        """Ends it with SIGKILL: it can't say goodbye to its peers."""
        self.process.kill()
        self.process.wait()

    def wait(self, timeout=LIMIT):
        """Waits for its end and gives its exit."""
        try:
            code = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"it did not end in {timeout} s\n{self.report()}") from None
        for reader in self._readers:
            reader.join(timeout)
        return code

    def result(self, timeout=LIMIT):
        """Closes its input, waits for its end, gives all it left."""
        self.close_input()
        code = self.wait(timeout)
        return Result(self.text("stdout"), self.text("stderr"), code)

    def end(self):
        """Ends it, whatever it does, and what it started; nothing where it ended itself."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(2)
            except subprocess.TimeoutExpired:
                pass
        try:
            # It leads a session, which what it started is in too, and may have outlived it.
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        for reader in self._readers:
            reader.join(LIMIT)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                pipe.close()
            except BrokenPipeError:
                pass

    def report(self):
        """For a failure: the command, its state and its output."""
        code = self.process.poll()
        state = "still running" if code is None else f"ended with {code}"
        if code is not None and code < 0:
            state += f" ({signal.Signals(-code).name})"
        return (
            f"command: {' '.join(self.command)} ({state})\n"
            f"--- stdout\n{self.text('stdout')[-4000:]}\n--- stderr\n{self.text('stderr')[-4000:]}"
        )
