"""How long a key takes from the keyboard to the screen, while events come and while none does."""

import subprocess
import sys
import time

# Letters that stand in no message, prompt or escape sequence, so that a letter on the screen is an echo.
LETTERS = "QWRTYUXVZ"

# Sends so many messages a second to a port, a hundredth at a time, until it is killed.
SENDER = """
import sys, time, zmq
socket = zmq.Context().socket(zmq.PUSH)
socket.connect("tcp://127.0.0.1:" + sys.argv[1])
rate, number, start = int(sys.argv[2]), 0, time.monotonic()
while True:
    due = int((time.monotonic() - start) * rate)
    while number < due:
        socket.send(b"%08d" % number)
        number += 1
    time.sleep(0.01)
"""


def echoes(shell, port, *, rate, count):
    """The seconds that each of so many keys took, at so many watched messages a second."""
    # Nobody draws the screen here: the bytes count.
    shell.stream.feed = lambda data: None
    shell.wait_until(lambda: b"mq" in shell.raw and b"> " in shell.raw, "the prompt")
    shell.send(f"bind pull {port} as sink; watch\r")
    shell.wait_until(lambda: b"no peer" in shell.raw, "the prompt of the sink")
    sender = None
    if rate:
        sender = subprocess.Popen([sys.executable, "-c", SENDER, str(port), str(rate)])
        shell.wait_until(lambda: b"sink: 0000" in shell.raw, "the first message")
    try:
        return [_echo(shell, number) for number in range(count)]
    finally:
        if sender:
            sender.kill()
            sender.wait()


def _echo(shell, number):
    letter = LETTERS[number % len(LETTERS)]
    if letter == LETTERS[0]:
        # The line is emptied, and it is seen that it is: the next letters are new to the screen.
        shell.send("\x15")
        _pass(shell, 0.1)
    del shell.raw[:]
    begin = time.perf_counter()
    shell.send(letter)
    shell.wait_until(lambda: letter.encode() in shell.raw, f"the echo of {letter}")
    taken = time.perf_counter() - begin
    # As people type: not in step with what the program does.
    _pass(shell, 0.003 + number % 13 / 1000)
    return taken


def _pass(shell, seconds):
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        shell._feed(left)


def percentile(values, part):
    """The value that so large a part of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]
