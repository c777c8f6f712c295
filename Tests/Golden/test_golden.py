"""Runs every script below this folder and compares what it leaves with the files beside it.

Scripts in `runs` run well, those in `fails` fail (exit 3, 4 or 5), those in `refused` do not parse or check
(exit 2); below that they are in folders by theme. `NAME.zs` runs as `zsh-mq run NAME.zs` in a copy of its folder;
its standard output must be `NAME.out`, its standard error `NAME.err`, its exit `NAME.exit` (a missing file means
nothing, and 0). What is in `sourced` lies beside every case: scripts that others `source` and files that they read.
`--update-golden` writes the files anew.

Comments at the head of a case say what it needs:

    # args: WORD...        its arguments ($1 ...)
    # options: WORD...     options of `zsh-mq run`, before the file (--timeout 300ms)
    # env: NAME=VALUE...   more environment
    # ports: N             N free ports, as arguments before those of `args`; shown as PORT1, PORT2, ...
    # hide: REGEX => WORD  what differs from run to run, and what stands in its place
    # xfail: REASON        a defect: what is expected is what should be, and the case tells when it is mended

What is volatile in every run is normalised, and nothing else:

    sent 3.2 s ago, 15 ms ago    TIME ago
    the case's own folder        DIR
"""

import os
import pathlib
import re
import shlex
import shutil

import pytest

from harness.ports import free_port
from harness.program import Program

HERE = pathlib.Path(__file__).resolve().parent
SOURCED = HERE / "sourced"
CASES = sorted(path for path in HERE.rglob("*.zs") if path.parent != SOURCED)
FOLDERS = {2: "refused", 3: "fails", 4: "fails", 5: "fails"}
AGO = re.compile(r"(under )?\d+(\.\d+)? ?(ns|us|µs|ms|s|min|m|h|d)( \d+(\.\d+)? ?(ms|s|min|m|h))* ago")


def header(case):
    """The `# name: value` comments before the first statement, as pairs."""
    pairs = []
    for line in case.read_text().splitlines():
        if line.startswith("#!"):
            continue
        if not line.startswith("#"):
            break
        if found := re.fullmatch(r"# (args|options|env|ports|hide|xfail): (.*)", line):
            pairs.append(found.groups())
    return pairs


def expected(case):
    """The three files of a case: standard output, standard error, exit."""
    def read(suffix):
        path = case.with_suffix(suffix)
        return path.read_text() if path.exists() else ""

    return read(".out"), read(".err"), int(read(".exit") or 0)


def update(case, out, err, code):
    """Writes the three files, and none that would be empty or 0."""
    for suffix, text in ((".out", out), (".err", err), (".exit", f"{code}\n" if code else "")):
        path = case.with_suffix(suffix)
        if text:
            path.write_text(text)
        else:
            path.unlink(missing_ok=True)


def parameter(case):
    """A case as pytest takes it, marked where it shows a known defect."""
    reasons = [value for name, value in header(case) if name == "xfail"]
    marks = [pytest.mark.xfail(strict=True, reason=reason) for reason in reasons]
    return pytest.param(case, id=str(case.relative_to(HERE).with_suffix("")), marks=marks)


@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
def test_golden(case, binary, folder, environment, request):
    options, arguments, ports, hidden = [], [], [], []
    for name, value in header(case):
        if name == "args":
            arguments += shlex.split(value)
        elif name == "options":
            options += shlex.split(value)
        elif name == "env":
            environment.update(pair.split("=", 1) for pair in shlex.split(value))
        elif name == "ports":
            ports = [str(free_port()) for _ in range(int(value))]
        elif name == "hide":
            hidden.append(value.rsplit(" => ", 1))

    work = folder / "case"
    shutil.copytree(case.parent, work, ignore=shutil.ignore_patterns("*.out", "*.err", "*.exit"))
    shutil.copytree(SOURCED, work, dirs_exist_ok=True)
    child = Program(
        [binary, "run", *options, case.name, *ports, *arguments], env=environment, cwd=work)
    try:
        result = child.result()
    finally:
        child.end()

    def normalise(text):
        text = text.replace(os.path.realpath(work), "DIR").replace(str(work), "DIR")
        for number, port in enumerate(ports, start=1):
            text = re.sub(rf"\b{port}\b", f"PORT{number}", text)
        for pattern, word in hidden:
            text = re.sub(pattern, word, text)
        return AGO.sub("TIME ago", text)

    found = (normalise(result.stdout), normalise(result.stderr), result.exit)
    if request.config.getoption("--update-golden") and not request.node.get_closest_marker("xfail"):
        update(case, *found)
        return
    names = ("stdout", "stderr", "exit")
    assert dict(zip(names, found)) == dict(zip(names, expected(case)))


def test_each_case_is_in_the_folder_that_its_exit_asks_for():
    for case in CASES:
        assert case.relative_to(HERE).parts[0] == FOLDERS.get(expected(case)[2], "runs"), case


def test_no_expectation_outlives_its_script():
    left = [path for path in HERE.rglob("*.*")
            if path.suffix in (".out", ".err", ".exit") and not path.with_suffix(".zs").exists()]
    assert not left
