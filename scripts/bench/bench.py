"""Runs the contestants by turns and prints medians and ratios; scripts/bench.sh starts it."""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple

HERE = pathlib.Path(__file__).resolve().parent
LIMIT = 120  # seconds for one run


class Case(NamedTuple):
    name: str
    title: str
    program: str  # what each contestant runs
    peer: str  # what faces it: echo, sink or loop
    transport: str
    count: int
    aim_c: float  # at least this much of the C twin's speed
    aim_py: float  # at least this many times pyzmq's speed


CASES = [
    Case("tcp", "REQ/REP round trip, tcp", "roundtrip", "echo", "tcp", 2_000, 0.95, 0),
    Case("ipc", "REQ/REP round trip, ipc", "roundtrip", "echo", "ipc", 2_000, 0.95, 0),
    Case("push", "PUSH of 10 bytes, tcp", "push", "sink", "tcp", 1_000_000, 0.75, 3.5),
    Case("interpolate", 'PUSH of "message $i", tcp', "interpolate", "sink", "tcp", 800_000, 0.6, 3),
    Case("inproc", "inproc send; recv as reply", "inproc", "sink", "ipc", 800_000, 0.5, 0),
    Case("inproc-print", "inproc send; recv (printed)", "inproc-print", "sink", "ipc", 300_000, 0, 0),
    Case("proxy", "PULL to PUSH of 10 bytes, tcp", "proxy", "loop", "tcp", 500_000, 0.9, 0),
    Case("startup", "start, context, end", "startup", "", "", 1, 0, 0),
]


# As many lines for zs and for Python's own parser, a row each: name, title, and a line of either language.
PARSE = "parse"
PARSE_LINES = 100_000
PARSE_ZS = ['let x{n} = {i} + 1', 'client send "Hello $x{n}" hex:00ff', 'client expect "World from {i}" _',
            'if $x{n} > 5 {{ print $x{n} }}']
PARSE_PY = ['x{n} = {i} + 1', 'client.send(f"Hello {{x{n}}}", bytes.fromhex("00ff"))',
            'client.expect("World from {i}", _)', 'if x{n} > 5: print(x{n})']


class Bench:
    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.contestants = {
            "C": lambda case: [folder / "twin", case.program],
            "zs": lambda case: [options.zsh_mq, "run", "--timeout", f"{LIMIT}s", HERE / f"{case.program}.zs"],
            "pyzmq": lambda case: [sys.executable, HERE / "twin.py", case.program],
        }

    def compile(self):
        for name in ("peer", "twin"):
            subprocess.run(
                ["cc", "-O2", "-Wall", "-Werror", "-o", self.folder / name, HERE / f"{name}.c", "-lzmq"], check=True)

    def run(self, case, contestant):
        """One run, with processes of its own; the seconds it took."""
        count = max(2, int(case.count * self.options.scale))
        command = self.contestants[contestant](case)
        if not case.peer:
            begin = time.perf_counter()
            self.call([*command, "none", "0"])
            return time.perf_counter() - begin

        # A sink of marks takes the two that stand around the loop.
        taken = 2 if case.program.startswith("inproc") else count
        endpoint = "tcp://127.0.0.1:*" if case.transport == "tcp" else f"ipc://{self.folder}/socket"
        peer = subprocess.Popen(
            [self.folder / "peer", case.peer, endpoint, str(taken)], stdout=subprocess.PIPE, text=True)
        try:
            bound = peer.stdout.readline().split()[1]
            if case.peer == "loop":
                bound += "," + peer.stdout.readline().split()[1]
                between = subprocess.Popen([str(word) for word in [*command, bound, str(count)]])
                try:
                    return float(peer.stdout.readline().split()[1]) / (count - 1)
                finally:
                    between.kill()
                    between.wait()
            self.call([*command, bound, str(count)])
            answer = peer.stdout.readline().split()
            if len(answer) != 2:
                raise SystemExit(f"{case.name}: the peer of {contestant} ended early")
            intervals = count if taken == 2 else count - 1
            return float(answer[1]) / intervals
        finally:
            peer.kill()
            peer.wait()
            peer.stdout.close()

    def call(self, command):
        subprocess.run([str(word) for word in command], stdout=subprocess.DEVNULL, check=True, timeout=LIMIT)

    def parse(self):
        """The times to check a script of many lines, and those of Python's ast.parse for as many."""
        def text(forms):
            return "".join(forms[i % 4].format(i=i, n=i // 4 % 50) + "\n" for i in range(PARSE_LINES))

        script, module = self.folder / "parse.zs", self.folder / "parse.py"
        script.write_text("connect req 5546 as client\n" + text(PARSE_ZS))
        module.write_text(text(PARSE_PY))
        commands = {
            "zs": [self.options.zsh_mq, "check", script],
            "Python": [sys.executable, "-I", "-S", "-c", "import ast, sys; ast.parse(open(sys.argv[1]).read())", module],
        }
        times = {name: [] for name in commands}
        for number in range(self.options.rounds + 1):
            for name, command in commands.items():
                begin = time.perf_counter()
                self.call(command)
                if number:  # the first is unmeasured: files read, caches warm
                    times[name].append(time.perf_counter() - begin)
        return times

    def measure(self, case):
        """The times of each contestant, a round an entry; the contestants by turns."""
        times = {name: [] for name in self.contestants}
        for name in self.contestants:  # once unmeasured: files read, caches warm
            self.run(case, name)
        for _ in range(self.options.rounds):
            for name in self.contestants:
                times[name].append(self.run(case, name))
        return times


def speed(times, other):
    """The speed of zs as a multiple of another's: the median over the rounds.

    Within a round they ran one after the other, so what else the machine did weighs on both.
    """
    return statistics.median(theirs / ours for theirs, ours in zip(times[other], times["zs"]))


def duration(seconds):
    for factor, unit in ((1, "s"), (1e3, "ms"), (1e6, "us")):
        if seconds * factor >= 1:
            return f"{seconds * factor:.2f} {unit}"
    return f"{seconds * 1e9:.0f} ns"


def verdict(ratio, aim):
    if not aim:
        return f"{ratio:5.2f}"
    return f"{ratio:5.2f} (aim {aim:g}: {'met' if ratio >= aim else 'MISSED'})"


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench.sh", description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=", ".join([*(case.name for case in CASES), PARSE]))
    parser.add_argument("--rounds", type=int, default=15, help="measured rounds (15)")
    parser.add_argument("--scale", type=float, default=1, help="times the number of messages (1)")
    parser.add_argument("--zsh-mq", default=os.environ.get("ZSH_MQ"), help="the program (the release build)")
    options = parser.parse_args()
    unknown = set(options.cases) - {case.name for case in CASES} - {PARSE}
    if unknown:
        parser.error(f"no such case: {', '.join(sorted(unknown))}")

    with tempfile.TemporaryDirectory(prefix="zs-bench-", dir="/tmp") as folder:
        bench = Bench(options, pathlib.Path(folder))
        bench.compile()
        print(f"medians of {options.rounds} rounds by turns, for one message or round trip; the speed of zs as a ratio")
        print(f"{'':28} {'C':>10} {'zs':>10} {'pyzmq':>10}   {'of C':26} times pyzmq")
        missed = failed = 0
        for case in CASES:
            if options.cases and case.name not in options.cases:
                continue
            try:
                times = bench.measure(case)
            except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
                print(f"{case.title:28} FAILED: {error}", flush=True)
                failed += 1
                continue
            of_c, of_py = speed(times, "C"), speed(times, "pyzmq")
            missed += of_c < case.aim_c or of_py < case.aim_py
            cells = " ".join(f"{duration(statistics.median(times[name])):>10}" for name in ("C", "zs", "pyzmq"))
            print(
                f"{case.title:28} {cells}   {verdict(of_c, case.aim_c):26} {verdict(of_py, case.aim_py)}",
                flush=True)
        if not options.cases or PARSE in options.cases:
            times = bench.parse()
            ratio = speed(times, "Python")
            missed += ratio < 1
            ours, theirs = (duration(statistics.median(times[name])) for name in ("zs", "Python"))
            print(f"check of {PARSE_LINES:,} lines: {ours}, ast.parse of as many: {theirs}; {verdict(ratio, 1)} times")
        print(f"aims missed in {missed} cases, {failed} cases failed")
        sys.exit(failed > 0)


main()
