"""Someone who types at the prompt."""

import re

from harness.terminal import CTRL_D

# What is typed has no `>` in these tests but at the end of a prompt.
PROMPT = re.compile(r"^[^>]+> $")


class Person:
    """Types at the prompt, and waits for the next one after each line."""

    def __init__(self, shell):
        self.shell = shell
        self.ready()

    def ready(self):
        self.shell.wait_until(lambda: PROMPT.match(self.shell.line), "a prompt")

    def types(self, *lines):
        for line in lines:
            self.shell.enter(line)
            self.ready()
        return self

    def leaves(self):
        self.shell.send(CTRL_D)
        assert self.shell.wait_exit() == 0

    def sees(self, text):
        self.shell.wait_for(text)
