"""Fixtures for the suites that drive the built program from outside: Golden, Interop, Pty."""

import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import threading

import pytest

from harness import program, screens
from harness.ports import claim_port, free_port, give_back_ports
from harness.terminal import Terminal

pytest_plugins = ["harness.surroundings", "harness.hanging"]

ROOT = pathlib.Path(__file__).resolve().parent.parent


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden", action="store_true", help="write what the golden scripts print now as expected"
    )
    parser.addoption(
        "--update-screens", action="store_true", help="write what the terminal shows now as the golden screens"
    )
    parser.addoption(
        "--all-screens", action="store_true",
        help="compare screens at each width on each terminal in each locale, not in each pair of these",
    )
    parser.addoption("--replays", type=int, default=2, help="how often each recorded session is replayed")


def pytest_generate_tests(metafunc):
    if "shell" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("screens")
        chosen = screens.variants(marker, metafunc.config.getoption("--all-screens"))
        metafunc.parametrize("shell", chosen, indirect=True, ids=[variant.id for variant in chosen])


@pytest.fixture(scope="session")
def binary():
    """The program under test: $ZSH_MQ, or the newest build of it."""
    if named := os.environ.get("ZSH_MQ"):
        return pathlib.Path(named).resolve()
    builds = [path for kind in ("release", "debug") if (path := ROOT / ".build" / kind / "zsh-mq").exists()]
    if not builds:
        pytest.exit("zsh-mq is not built: run scripts/test.sh, or set ZSH_MQ", returncode=3)
    return max(builds, key=lambda path: path.stat().st_mtime)


@pytest.fixture
def folder():
    """A folder of the test's own, with a path short enough for ipc (108 bytes at most)."""
    path = tempfile.mkdtemp(prefix="zs-", dir="/tmp")
    yield pathlib.Path(path)
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def environment(folder):
    """The environment of a user without any settings or history."""
    return program.environment(folder)


@pytest.fixture
def port():
    """A free tcp port; `ports()` gives more."""
    return free_port()


@pytest.fixture
def ports():
    """Gives a free tcp port a call."""
    return free_port


@pytest.fixture
def port_of_its_own():
    """Gives a tcp port that a script has written in it; the test is skipped where another program has it."""

    def claim(port):
        return port if claim_port(port) else pytest.skip(f"another program listens on port {port}")

    yield claim
    give_back_ports()


@pytest.fixture
def endpoint(request, folder):
    """A tcp or an ipc endpoint that is free; parametrise it indirectly with "tcp" and "ipc"."""
    if request.param == "tcp":
        return f"tcp://127.0.0.1:{free_port()}"
    return f"ipc://{folder}/socket"


@pytest.fixture
def spawn(folder, environment):
    """Starts a program that runs beside the test; whatever is left of it ends with the test."""
    running = []

    def start(*command, env=None, cwd=None):
        child = program.Program(command, env={**environment, **(env or {})}, cwd=cwd or folder)
        running.append(child)
        return child

    yield start
    for child in reversed(running):
        child.end()


@pytest.fixture
def script_file(folder):
    """Writes a script's text to a file; a path is left as it is."""

    def write(script):
        if isinstance(script, pathlib.Path):
            return script
        path = folder / f"script{len(list(folder.glob('script*.zs')))}.zs"
        path.write_text(script)
        return path

    return write


@pytest.fixture
def spawn_script(binary, spawn, script_file):
    """Starts `zsh-mq run` on a text or a path, beside the test."""

    def start(script, *arguments, limit="30s", env=None):
        return spawn(binary, "run", "--timeout", limit, script_file(script), *arguments, env=env)

    return start


@pytest.fixture
def run_script(spawn_script):
    """Runs a script to its end: `run_script(text_or_path, ARG...) -> Result(stdout, stderr, exit)`."""

    def run(script, *arguments, timeout=program.LIMIT, limit="30s", env=None):
        return spawn_script(script, *arguments, limit=limit, env=env).result(timeout)

    return run


@pytest.fixture
def scripts():
    """The folder of the scripts that users run."""
    return ROOT / "scripts"


@pytest.fixture
def peer(spawn):
    """Starts a pyzmq peer of Interop/peers and waits until it is ready."""

    def start(name, *arguments):
        import sys

        child = spawn(sys.executable, "-u", ROOT / "Tests" / "Interop" / "peers" / f"{name}.py", *arguments)
        child.wait_for(r"^ready .*\n")
        return child

    return start


@pytest.fixture
def hostile():
    """Listens at a free port and treats everyone who connects as the function says; gives the port."""
    listeners = []

    def start(behave):
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)

        def serve():
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                threading.Thread(target=handle, args=(connection,), daemon=True).start()

        def handle(connection):
            with connection:
                try:
                    behave(connection)
                except OSError:
                    pass

        threading.Thread(target=serve, daemon=True).start()
        return listener.getsockname()[1]

    yield start
    for listener in listeners:
        # A close alone does not wake the thread that accepts.
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


@pytest.fixture(scope="session")
def c_peer_program(tmp_path_factory):
    """Compiles a C peer of Interop/peers; gives the path of its program."""
    compiler = shutil.which("cc") or pytest.skip("no C compiler")

    def build(name, *options):
        source = ROOT / "Tests" / "Interop" / "peers" / f"{name}.c"
        path = tmp_path_factory.mktemp("peers") / name
        subprocess.run([compiler, "-O2", "-Wall", "-Werror", *options, "-o", path, source, "-lzmq"], check=True)
        return path

    return build


@pytest.fixture
def c_peer(spawn, c_peer_program):
    """Starts a C peer and waits until it is ready."""

    def start(name, *arguments):
        child = spawn(c_peer_program(name), *arguments)
        child.wait_for(r"^ready .*\n")
        return child

    return start


@pytest.fixture
def terminal(binary, folder, environment):
    """Opens the shell in a terminal of its own: `terminal(ARG..., columns=, rows=, term=)`."""
    running = []

    def start(*arguments, columns=100, rows=30, term="xterm", env=None):
        child = Terminal(
            (binary, *arguments), columns=columns, rows=rows,
            env={**environment, "TERM": term, **(env or {})}, cwd=folder,
        )
        running.append(child)
        return child

    yield start
    for child in reversed(running):
        child.end()


@pytest.fixture
def shell(request, binary, folder, environment):
    """The shell on the terminal of a variant, for comparing screens; see harness/screens.py.

    `@pytest.mark.screens(rows=, arguments=, env=)` says how it is started; with `is_first=True` nobody has used it yet.
    """
    marker = request.node.get_closest_marker("screens")
    settings = marker.kwargs if marker else {}
    module = request.node.module.__name__.split(".")[-1].removeprefix("test_")
    home = screens.FOLDER / module / request.node.originalname.removeprefix("test_")
    update = request.config.getoption("--update-screens")
    chosen = screens.variants(marker, request.config.getoption("--all-screens"))
    if update and request.param == chosen[0]:
        shutil.rmtree(home, ignore_errors=True)
    if not settings.get("is_first"):
        # A user who has been here before: the first start says more.
        history = folder / "state" / "zsh-mq" / "history"
        history.parent.mkdir(parents=True)
        history.touch()
    child = screens.ScreenShell(
        (binary, *settings.get("arguments", ())), variant=request.param, folder=home, update=update,
        rows=settings.get("rows", 24), env={**environment, **settings.get("env", {})}, cwd=folder,
    )
    yield child
    child.end()
