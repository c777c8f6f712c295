"""From a key to its echo, while 10,000 watched messages a second arrive and while none does."""

import argparse
import os
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "Tests"))

from harness import latency, program  # noqa: E402
from harness.ports import free_port  # noqa: E402
from harness.terminal import Terminal  # noqa: E402

AIM = 0.020  # seconds, at the 99th percentile: less than a person sees


def measure(binary, rate, count):
    with tempfile.TemporaryDirectory(prefix="zs-bench-", dir="/tmp") as folder:
        environment = {**program.environment(folder), "TERM": "xterm-256color"}
        shell = Terminal((binary,), env=environment, cwd=folder, columns=80, rows=24)
        try:
            return latency.echoes(shell, free_port(), rate=rate, count=count)
        finally:
            shell.end()


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench.sh keys", description=__doc__)
    parser.add_argument("--keys", type=int, default=1000, help="how many keys are typed (1000)")
    parser.add_argument("--rate", type=int, default=10_000, help="messages a second (10000)")
    parser.add_argument("--zsh-mq", default=os.environ.get("ZSH_MQ"), help="the program (the release build)")
    options = parser.parse_args()
    binary = pathlib.Path(options.zsh_mq).resolve()
    times = {rate: measure(binary, rate, options.keys) for rate in (0, options.rate)}
    print(f"{'from a key to its echo':28} {'median':>10} {'99 of 100':>10} {'longest':>10}")
    for rate, values in times.items():
        cells = (latency.percentile(values, 0.5), latency.percentile(values, 0.99), max(values))
        title = f"{rate} messages a second" if rate else "no messages"
        print(f"{title:28} " + " ".join(f"{cell * 1000:7.2f} ms" for cell in cells))
    quiet, busy = (latency.percentile(values, 0.99) for values in times.values())
    print(f"busy is {busy / quiet:.1f} times quiet; the aim of {AIM * 1000:.0f} ms is {'met' if busy < AIM else 'MISSED'}")


if __name__ == "__main__":
    main()
