"""What the scripts that keep blocks of the documents up to date have in common: PROGRAM [--check] FILE..."""

import difflib
import sys
from pathlib import Path

program, *words = sys.argv[1:]
program = str(Path(program).resolve())  # it runs in folders of its own
is_check = "--check" in words
files = [Path(word) for word in words if word != "--check"]


def renew(block, fresh, what):
    """Writes each block anew as `fresh(match)` gives it; with --check shows what differs, and ends with status 1."""
    stale = False
    for file in files:
        text = file.read_text()
        updated = block.sub(lambda match: fresh(match, file), text)
        if updated == text:
            continue
        if is_check:
            stale = True
            sys.stderr.writelines(
                difflib.unified_diff(text.splitlines(True), updated.splitlines(True), str(file), what))
        else:
            file.write_text(updated)
    sys.exit(1 if stale else 0)
