"""Runs the examples of the documents: every block of ```zs, alone, as a script.

What it prints, standard output and standard error, must be the block of ```text that follows it; without one
it prints nothing and ends well. Times that differ from run to run are told apart from nothing else.

    examples.py PROGRAM [--check] FILE...

Without --check the blocks of ```text are written anew.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from documents import program, renew

EXAMPLE = re.compile(r"```zs\n(?P<script>.*?)```\n(?:\n```text\n(?P<output>.*?)```\n)?", re.DOTALL)


def printed(script):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "demo.zs").write_text(script)
        result = subprocess.run(
            [program, "run", "demo.zs"], cwd=folder, text=True, timeout=20,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if result.returncode and "error: " not in result.stdout:
        sys.exit(f"exit status {result.returncode} of:\n{script}")
    return result.stdout


def stable(text):
    text = re.sub(r"\b127\.0\.0\.1:\d+(?= for )", "PEER", text)
    return re.sub(r"(\b\d+(\.\d+)? m?s(?= ago))|((?<=PEER for )\d+(\.\d+)? m?s)", "TIME", text)


def fresh(match, file):
    output = printed(match["script"])
    if match["output"] is None:
        if output:
            sys.exit(f"{file}: an example prints what the document does not show:\n{match['script']}\n{output}")
        return match[0]
    if stable(output) == stable(match["output"]):
        return match[0]
    return f"```zs\n{match['script']}```\n\n```text\n{output}```\n"


renew(EXAMPLE, fresh, "what the program prints")
