"""CURVE, PLAIN and ZAP against pyzmq and CZMQ, in both directions, and what is said of a refusal at both sides."""

import os
import pathlib
import re
import resource
import shutil
import signal
import stat
import subprocess
from threading import Thread

import pytest
import zmq
import zmq.auth
import zmq.auth.thread
from zmq.utils import monitor

PEERS = pathlib.Path(__file__).resolve().parent / "peers"
LIMIT_MS = 20_000


def good(result):
    assert result.exit == 0, result
    return result.stdout


@pytest.fixture
def context():
    """A context whose sockets go with the test."""
    context = zmq.Context()
    yield context
    context.destroy(linger=0)


@pytest.fixture
def authenticator(context):
    """pyzmq's ZAP handler."""
    authenticator = zmq.auth.thread.ThreadAuthenticator(context)
    authenticator.start()
    yield authenticator
    authenticator.stop()


def make(context, kind, **options):
    socket = context.socket(kind)
    socket.linger, socket.rcvtimeo, socket.sndtimeo = 0, LIMIT_MS, LIMIT_MS
    for name, value in options.items():
        setattr(socket, name, value)
    return socket


def echo_once(socket):
    socket.send_multipart(socket.recv_multipart())


def refused(socket, endpoint, event):
    """Connects, and gives the value of the event that tells why it was refused."""
    events = socket.get_monitor_socket()
    try:
        socket.connect(endpoint)
        while events.poll(LIMIT_MS):
            told = monitor.recv_monitor_message(events)
            if told["event"] == event:
                return told["value"]
        raise AssertionError("nothing was told")
    finally:
        # libzmq hangs where the reader of a monitor is closed first.
        socket.disable_monitor()


def verdict(socket, endpoint):
    """Connects, and gives the event that tells whether it was let in."""
    events = socket.get_monitor_socket(zmq.EVENT_HANDSHAKE_SUCCEEDED | zmq.EVENT_HANDSHAKE_FAILED_AUTH)
    try:
        socket.connect(endpoint)
        assert events.poll(LIMIT_MS), "nothing was told"
        return monitor.recv_monitor_message(events)["event"]
    finally:
        socket.disable_monitor()


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


# --- certificates


@pytest.fixture
def ours(binary, spawn, folder):
    """Makes a certificate with `zsh-mq keygen`: `ours("name")` gives its path."""
    def keygen(name):
        good(spawn(binary, "keygen", name, "--name", name).result())
        return folder / name

    return keygen


@pytest.fixture
def theirs(folder):
    """Makes a certificate with pyzmq: `theirs("name")` gives its path."""
    def create(name):
        zmq.auth.create_certificates(folder, name)
        return folder / f"{name}.key"

    return create


def test_pyzmq_reads_our_certificates_and_only_the_owner_the_secret_one(ours):
    path = ours("mine")
    public, nothing = zmq.auth.load_certificate(path)
    again, secret = zmq.auth.load_certificate(f"{path}_secret")
    assert nothing is None and again == public and zmq.curve_public(secret) == public
    assert (mode(path), mode(f"{path}_secret")) == (0o644, 0o600)


def test_a_certificate_that_is_there_is_kept_and_nothing_is_left_beside_it(binary, spawn, ours, folder):
    path = ours("mine")
    before = path.read_text()
    result = spawn(binary, "keygen", path).result()
    assert result.exit == 3 and "File exists (EEXIST)" in result.stderr
    assert path.read_text() == before and sorted(os.listdir(folder)) == ["mine", "mine_secret"]
    good(spawn(binary, "keygen", path, "--force").result())
    assert path.read_text() != before and mode(f"{path}_secret") == 0o600


def test_a_secret_key_in_the_way_is_not_lost(binary, spawn, folder):
    (folder / "mine_secret").write_text("precious")
    result = spawn(binary, "keygen", "mine").result()
    assert result.exit == 3 and "mine_secret" in result.stderr
    assert (folder / "mine_secret").read_text() == "precious" and not (folder / "mine").exists()


def pair_is_whole(folder, name="mine"):
    """Whether the two files stand for one pair, or only the one that has both keys is there."""
    public, secret = zmq.auth.load_certificate(folder / f"{name}_secret")
    assert zmq.curve_public(secret) == public
    return not (folder / name).exists() or zmq.auth.load_certificate(folder / name)[0] == public


@pytest.mark.parametrize("force", [[], ["--force"]], ids=["new", "force"])
@pytest.mark.parametrize("limit", [0, 100, None], ids=["at once", "soon", "second"])
def test_a_full_disk_leaves_the_old_pair_or_none(binary, spawn, folder, ours, force, limit):
    if limit is None:  # Room for one of the two.
        good(spawn(binary, "keygen", "probe").result())
        sizes = [path.stat().st_size for path in folder.iterdir()]
        limit = min(sizes)
        assert limit < max(sizes)
        for path in folder.iterdir():
            path.unlink()
    before = {path.name: path.read_bytes() for path in (ours("mine"), folder / "mine_secret")} if force else {}
    result = subprocess.run(
        [binary, "keygen", "mine", *force], cwd=folder, capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    assert result.returncode == 3 and "File too large (EFBIG)" in result.stderr, result
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("force", [[], ["--force"]], ids=["new", "force"])
@pytest.mark.parametrize("name", ["mine", "mine_secret"])
def test_a_folder_in_the_way_of_a_key_leaves_all_as_it_was(binary, spawn, folder, force, name):
    (folder / name).mkdir()
    other = folder / ("mine" if name == "mine_secret" else "mine_secret")
    if force:
        other.write_text("precious")
    result = spawn(binary, "keygen", "mine", *force).result()
    assert result.exit == 3 and ("EISDIR" if force else "EEXIST") in result.stderr
    assert name in result.stderr and sorted(os.listdir(folder)) == sorted([name] + [other.name] * bool(force))
    assert not force or other.read_text() == "precious"


def test_a_folder_that_cannot_be_written_is_told(binary, spawn, folder):
    if not os.geteuid():
        target = "/proc/mine"  # Nobody makes files there, root neither.
    else:
        (folder / "closed").mkdir(mode=0o500)
        target = folder / "closed" / "mine"
    result = spawn(binary, "keygen", target).result()
    assert result.exit == 3 and re.search(r"cannot write '.*mine_secret': .* \((ENOENT|EACCES)\)", result.stderr)


@pytest.mark.parametrize("name", ["mine", "mine_secret"])
def test_a_link_in_the_way_is_replaced_and_what_it_names_kept(binary, spawn, folder, name):
    (folder / "elsewhere").write_text("precious")
    (folder / name).symlink_to("elsewhere")
    result = spawn(binary, "keygen", "mine").result()
    assert result.exit == 3 and "EEXIST" in result.stderr
    good(spawn(binary, "keygen", "mine", "--force").result())
    assert (folder / "elsewhere").read_text() == "precious" and not (folder / name).is_symlink()
    assert pair_is_whole(folder) and mode(folder / "mine_secret") == 0o600


@pytest.fixture(scope="session")
def strace():
    """The words that run a program with strace, which can kill it at one of its calls."""
    words = ["strace", "-f", "-o", "/dev/null"]
    if not shutil.which("strace") or subprocess.run([*words, "true"], capture_output=True).returncode:
        pytest.skip("no strace that may trace")
    return words


@pytest.mark.parametrize("force, call, count", [
    (False, "write", 2), (False, "fsync", 2), (False, "/^link", 2), (False, "/^unlink", 2),
    (True, "write", 2), (True, "fsync", 2), (True, "/^rename", 3), (True, "/^unlink", 1),
])
def test_a_keygen_that_is_killed_leaves_no_keys_of_two_pairs(binary, strace, folder, ours, force, call, count):
    for number in range(1, count + 1):
        for path in folder.iterdir():
            path.unlink()
        if force:
            ours("mine")
        killed = subprocess.run(
            [*strace, "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}",
             binary, "keygen", "mine", *["--force"] * force],
            cwd=folder, capture_output=True)
        assert killed.returncode == -signal.SIGKILL, killed
        if (folder / "mine").exists() or (folder / "mine_secret").exists():
            assert pair_is_whole(folder), f"{call} {number}"
        assert not force or (folder / "mine_secret").exists()
        for path in folder.glob("mine_secret*"):
            assert mode(path) == 0o600


def test_what_a_killed_keygen_left_is_used_and_an_odd_pair_is_told(run_script, ours, folder):
    script = """
        bind rep :0 as server curve server mine
        connect req $server.endpoint as client curve client mine
        client send Hello
        server recv
        """
    ours("mine").unlink()
    assert good(run_script(script)) == "Hello\n"
    stray = ours("other").read_text()
    (folder / "mine").write_text(stray)
    result = run_script("socket rep as server curve server mine")
    assert "'mine' has another public key than 'mine_secret'" in result.stderr and result.exit == 0
    both = (folder / "mine_secret").read_text()
    key = re.search(r'secret-key = "(.*)"', (folder / "other_secret").read_text())[0]
    (folder / "mine_secret").write_text(re.sub(r'secret-key = ".*"', lambda _: key, both))
    result = run_script("socket rep as server curve server mine")
    assert result.exit == 3 and "its public-key and its secret-key are of two pairs" in result.stderr


def test_keygen_prints_a_pair_that_fits(binary, spawn):
    keys = dict(re.findall(r'^(\w+)-key = "(.{40})"$', good(spawn(binary, "keygen").result()), re.MULTILINE))
    assert zmq.curve_public(keys["secret"].encode()).decode() == keys["public"]


@pytest.fixture(scope="session")
def zcert(tmp_path_factory):
    """A program of CZMQ's that writes and reads certificates."""
    if not shutil.which("cc"):
        pytest.skip("no C compiler")
    path = tmp_path_factory.mktemp("czmq") / "zcert"
    built = subprocess.run(
        ["cc", "-Wall", "-o", path, PEERS / "zcert.c", "-lczmq", "-lzmq"], capture_output=True, text=True)
    if built.returncode:
        if "czmq.h" in built.stderr:
            pytest.skip("CZMQ is not installed: libczmq-dev")
        raise AssertionError(built.stderr)

    def run(*words):
        result = subprocess.run([path, *map(str, words)], capture_output=True, text=True, timeout=60)
        assert result.returncode == 0, result.stderr
        return result.stdout.split("\n")

    return run


def test_czmq_reads_our_certificates(zcert, binary, spawn, folder):
    good(spawn(binary, "run", "-c", "keygen mine name=Ann email='ann@example.org'").result())
    public, secret, name, email, *_ = zcert("read", folder / "mine")
    assert (public, secret) == tuple(
        key.decode() for key in zmq.auth.load_certificate(folder / "mine_secret"))
    assert (name, email) == ("Ann", "ann@example.org")


def test_we_read_the_certificates_of_czmq(zcert, run_script, folder):
    public, *_ = zcert("write", folder / "theirs")
    script = """
        bind rep :0 as server curve server theirs
        connect req $server.endpoint as client curve client theirs theirs
        client send Hello
        server recv
        print $server.publickey
        """
    assert good(run_script(script)) == f"Hello\n{public}\n"


# --- CURVE


@pytest.mark.parametrize("maker", ["ours", "theirs"])
def test_our_client_and_their_server_with_permanent_keys(request, maker, context, authenticator, run_script, folder):
    make_certificate = request.getfixturevalue(maker)
    server_path, client_path = make_certificate("server"), make_certificate("client")
    known = folder / "known"
    known.mkdir()
    shutil.copy(client_path, known / "client.key")
    authenticator.configure_curve(domain="*", location=str(known))
    public, secret = zmq.auth.load_certificate(f"{server_path}_secret")
    server = make(context, zmq.REP, curve_server=True, curve_publickey=public, curve_secretkey=secret)
    port = server.bind_to_random_port("tcp://127.0.0.1")
    script = f"connect req $1 as client curve client {server_path.name} {client_path.name}\nsend Hello\nrecv\n"
    echo = Thread(target=echo_once, args=(server,))
    echo.start()
    assert good(run_script(script, port)) == "Hello\n"
    echo.join()


@pytest.mark.parametrize("maker", ["ours", "theirs"])
def test_their_client_and_our_server_with_permanent_keys(request, maker, context, spawn_script, folder):
    make_certificate = request.getfixturevalue(maker)
    server_path, client_path = make_certificate("server"), make_certificate("client")
    (folder / "known").mkdir()
    shutil.copy(client_path, folder / "known")
    server = spawn_script(f"""
        auth curve known
        bind rep :0 as server curve server {server_path.name}
        print $server.port
        recv as request
        print "$request from $request.user"
        send World
        """)
    port = int(server.wait_for(r"^(\d+)\n")[1])
    public, secret = zmq.auth.load_certificate(f"{client_path}_secret")
    key, _ = zmq.auth.load_certificate(server_path)
    client = make(context, zmq.REQ, curve_publickey=public, curve_secretkey=secret, curve_serverkey=key)
    client.connect(f"tcp://127.0.0.1:{port}")
    client.send(b"Hello")
    assert client.recv() == b"World"
    server.wait_for(f"^Hello from {re.escape(public.decode())}$")


def test_a_certificate_that_changes_comes_or_goes_counts_from_the_next_peer_on(context, spawn_script, ours, folder):
    known = folder / "known"
    known.mkdir()
    server = spawn_script(f"""
        auth curve known
        auth log on
        bind rep :0 as server curve server {ours("server").name}
        print $server.port
        timeout never
        recv
        """)
    port = int(server.wait_for(r"^(\d+)\n")[1])
    server_key, _ = zmq.auth.load_certificate(folder / "server")
    pairs = [zmq.curve_keypair() for _ in range(3)]
    text = (folder / "server").read_text()

    def write(pair):
        """The same file with another key: its size and its name stay."""
        key = f'public-key = "{pair[0].decode()}"'
        (known / "client").write_text(re.sub(r"public-key = .*", lambda _: key, text))

    def is_let_in(pair):
        client = make(context, zmq.REQ, curve_publickey=pair[0], curve_secretkey=pair[1], curve_serverkey=server_key)
        try:
            return verdict(client, f"tcp://127.0.0.1:{port}") == zmq.EVENT_HANDSHAKE_SUCCEEDED
        finally:
            client.close()

    assert not is_let_in(pairs[0])
    for number in range(6):
        pair, other = pairs[number % 3], pairs[(number + 1) % 3]
        write(pair)
        assert (is_let_in(pair), is_let_in(other)) == (True, False), number
    (known / "client").unlink()
    assert not is_let_in(pair)
    write(pair)
    assert is_let_in(pair)
    known.rename(folder / "gone")
    assert not is_let_in(pair)
    server.wait_for(r"no certificate has this key; the folder '.*known' cannot be read: .* \(ENOENT\)", "stderr")
    (folder / "gone").rename(known)
    assert is_let_in(pair)


def test_a_client_whose_certificate_we_do_not_have_is_told_400(context, spawn_script, ours, folder):
    (folder / "known").mkdir()
    server = spawn_script(f"""
        auth curve known
        auth log on
        bind rep :0 as server curve server {ours("server").name}
        print $server.port
        wait auth denied as who
        print "$who[1] $who[3] $who[5]"
        fails timeout within 100ms server recv
        """)
    port = int(server.wait_for(r"^(\d+)\n")[1])
    public, secret = zmq.curve_keypair()
    key, _ = zmq.auth.load_certificate(folder / "server")
    client = make(context, zmq.REQ, curve_publickey=public, curve_secretkey=secret, curve_serverkey=key)
    assert refused(client, f"tcp://127.0.0.1:{port}", zmq.EVENT_HANDSHAKE_FAILED_AUTH) == 400
    result = server.result()
    assert f"CURVE {public.decode()} no certificate has this key" in result.stdout
    assert result.stderr.startswith(f"note: auth refused 127.0.0.1 (CURVE key '{public.decode()}')")


def test_a_certificate_that_we_are_not_known_by_is_told_with_our_key(context, authenticator, run_script, ours, folder):
    (folder / "known").mkdir()
    authenticator.configure_curve(domain="*", location=str(folder / "known"))
    ours("client")
    public, secret = zmq.curve_keypair()
    server = make(context, zmq.REP, curve_server=True, curve_publickey=public, curve_secretkey=secret)
    port = server.bind_to_random_port("tcp://127.0.0.1")
    result = run_script(
        "connect req $1 as client linger=0 curve client $2 client\nwithin 500ms wait connected\n", port,
        public.decode())
    key, _ = zmq.auth.load_certificate(folder / "client")
    assert result.exit == 5
    assert f"it does not let the public key '{key.decode()}' in (status 400)" in result.stderr
    assert "`client reset` tries again" in result.stderr


def test_a_wrong_server_key_is_told_at_both_sides(context, run_script, spawn_script, ours):
    public, secret = zmq.curve_keypair()
    other, _ = zmq.curve_keypair()
    theirs = make(context, zmq.REP, curve_server=True, curve_publickey=public, curve_secretkey=secret)
    port = theirs.bind_to_random_port("tcp://127.0.0.1")
    result = run_script(
        "connect req $1 as client linger=0 curve client $2\nwithin 500ms wait connected\n", port, other.decode())
    assert "its key is not the server key that 'client' was given" in result.stderr

    server = spawn_script(f"""
        bind rep :0 as server curve server {ours("server").name}
        print $server.port
        sleep 1ms
        within 1s server recv
        """)
    ours_port = int(server.wait_for(r"^(\d+)\n")[1])
    client = make(context, zmq.REQ, curve_publickey=public, curve_secretkey=secret, curve_serverkey=other)
    client.connect(f"tcp://127.0.0.1:{ours_port}")
    assert "a client with another server key was turned away" in server.result().stderr


def test_a_client_without_security_is_told_at_both_sides(context, run_script, spawn_script, ours):
    public, secret = zmq.curve_keypair()
    theirs = make(context, zmq.REP, curve_server=True, curve_publickey=public, curve_secretkey=secret)
    port = theirs.bind_to_random_port("tcp://127.0.0.1")
    result = run_script("connect req $1 as client linger=0\nwithin 500ms wait connected\n", port)
    assert """it wants "CURVE", and 'client' has no security: `client curve client KEY`""" in result.stderr, result

    server = spawn_script(f"""
        bind rep :0 as server curve server {ours("server").name}
        print $server.port
        within 1s server recv
        """)
    ours_port = int(server.wait_for(r"^(\d+)\n")[1])
    client = make(context, zmq.REQ)
    client.connect(f"tcp://127.0.0.1:{ours_port}")
    # Who closes first decides what libzmq tells the other.
    assert re.search(
        "a client without CURVE was turned away|it has another security than CURVE", server.result().stderr
    )


# --- PLAIN


def test_plain_with_our_client_and_their_server(context, authenticator, run_script):
    authenticator.configure_plain(domain="*", passwords={"alice": "hunter2"})
    server = make(context, zmq.REP, plain_server=True)
    port = server.bind_to_random_port("tcp://127.0.0.1")
    wrong = run_script(
        "connect req $1 as client linger=0 plain client alice $env.PASSWORD\nwithin 500ms wait connected\n", port,
        env={"PASSWORD": "hunter3"})
    assert "it refused the user name or the password (status 400)" in wrong.stderr
    assert "hunter3" not in wrong.stderr + wrong.stdout
    echo = Thread(target=echo_once, args=(server,))
    echo.start()
    script = "connect req $1 as client plain client alice $env.PASSWORD\nsend Hello\nrecv\n"
    assert good(run_script(script, port, env={"PASSWORD": "hunter2"})) == "Hello\n"
    echo.join()


def test_plain_with_their_client_and_our_server(context, spawn_script, folder):
    (folder / "password").write_text("hunter2\n")
    server = spawn_script("""
        auth plain alice from password
        bind rep :0 as server plain server
        print $server.port
        recv as request
        print "$request from $request.user"
        send World
        wait auth denied as who
        print "$who[3]: $who[5]"
        """)
    port = int(server.wait_for(r"^(\d+)\n")[1])
    client = make(context, zmq.REQ, plain_username=b"alice", plain_password=b"hunter2")
    client.connect(f"tcp://127.0.0.1:{port}")
    client.send(b"Hello")
    assert client.recv() == b"World"
    server.wait_for("^Hello from alice$")
    other = make(context, zmq.REQ, plain_username=b"alice", plain_password=b"hunter3")
    assert refused(other, f"tcp://127.0.0.1:{port}", zmq.EVENT_HANDSHAKE_FAILED_AUTH) == 400
    result = server.result()
    assert "alice: another password" in result.stdout and "hunter" not in result.stdout + result.stderr


# --- addresses and domains


def test_an_address_that_they_deny_and_one_that_we_deny(context, authenticator, run_script, spawn_script):
    authenticator.deny("127.0.0.1")
    theirs = make(context, zmq.REP, zap_domain=b"global")
    port = theirs.bind_to_random_port("tcp://127.0.0.1")
    result = run_script("connect req $1 as client linger=0\nwithin 500ms wait connected\n", port)
    assert "it does not let this address in (status 400)" in result.stderr

    server = spawn_script("""
        auth deny 127.0.0.0/8
        bind rep :0 as server
        print $server.port
        wait auth denied as who
        print "$who[1] $who[2] $who[4]"
        """)
    ours_port = int(server.wait_for(r"^(\d+)\n")[1])
    plain = zmq.Context()  # without the handler that would refuse it at its own side
    client = make(plain, zmq.REQ)
    try:
        code = refused(client, f"tcp://127.0.0.1:{ours_port}", zmq.EVENT_HANDSHAKE_FAILED_AUTH)
    finally:
        plain.destroy(linger=0)
    assert code == 400
    assert "NULL 127.0.0.1 global" in server.result().stdout


def test_a_domain_lets_its_own_users_in_alone(context, spawn_script, folder):
    (folder / "password").write_text("hunter2\n")
    server = spawn_script("""
        auth plain alice from password domain=inside
        bind rep :0 as inside plain server zap_domain=inside
        bind rep :0 as outside plain server
        print $inside.port $outside.port
        wait auth denied as who
        print "$who[0] '$who[4]'"
        wait auth allowed as who
        print "$who[0] '$who[4]'"
        """)
    _, inside, outside = server.wait_for(r"^(\d+) (\d+)\n")
    first = make(context, zmq.REQ, plain_username=b"alice", plain_password=b"hunter2")
    assert refused(first, f"tcp://127.0.0.1:{int(outside)}", zmq.EVENT_HANDSHAKE_FAILED_AUTH) == 400
    second = make(context, zmq.REQ, plain_username=b"alice", plain_password=b"hunter2")
    second.connect(f"tcp://127.0.0.1:{int(inside)}")
    assert good(server.result()).endswith("denied ''\nallowed 'inside'\n")


def test_hundreds_of_refusals_are_told_in_few_lines(context, spawn_script):
    server = spawn_script("""
        auth deny 127.0.0.1
        auth log on
        bind rep :0 as server
        print $server.port
        repeat 300 wait auth denied
        auth
        """)
    port = int(server.wait_for(r"^(\d+)\n")[1])
    clients = [make(context, zmq.REQ) for _ in range(300)]
    for client in clients:
        client.connect(f"tcp://127.0.0.1:{port}")
    result = server.result()
    assert re.search(r"^auth +0 let in, 3\d\d refused$", result.stdout, re.MULTILINE), "some try again"
    assert len(result.stderr.splitlines()) < 200, "at most 20 in a second"


def test_kerberos_that_is_not_there_is_told_at_both_sides(run_script):
    if "gssapi" not in run_script("version").stdout:
        pytest.skip("this libzmq has no GSSAPI")
    result = run_script("""
        bind rep :0 as server gssapi_server=1
        connect req $server.port as client gssapi_principal=me
        retry 500 every 10ms { client status | grep "let 'client' in yet: GSSAPI needs credentials of Kerberos" > told }
        retry 500 every 10ms { server status | grep "said nothing since.*GSSAPI needs credentials of Kerberos" > told }
        """)
    assert (result.stdout, result.stderr, result.exit) == ("", "", 0)


def test_whoever_answers_for_zap_makes_room_for_the_next_at_once(run_script):
    script = """
        repeat 100 {
          auth curve any
          auth stop
          bind rep inproc://zeromq.zap.01 as zap
          close zap
        }
        """
    result = run_script(script)
    assert (result.stderr, result.exit) == ("", 0), result
