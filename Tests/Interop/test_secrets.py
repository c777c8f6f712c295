"""Passwords and secret keys reach nothing that shows, keeps or reports: each channel is looked at."""

import pathlib
import xml.etree.ElementTree

import pytest

PASSWORD = "hunter2secret"
KEY = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"

# Each holds a secret; some fail.
LINES = [
    f"socket req as c1 plain_username=a plain_password={PASSWORD}",
    f"socket req as c2; c2 set plain_password {PASSWORD}",
    f"socket req as c2; set c2 plain_password {PASSWORD}",
    f"socket req as c2; c2 set plain_pasword {PASSWORD}",
    f"socket req as c2; c2 set curve_secretkey '{KEY}'",
    f"socket req as c2; c2 set curve_secretkey '{KEY}x'",
    f"socket rep as c3 curve server '{KEY}'; status c3; get curve_secretkey",
    f"socket rep as c3 curve server '{KEY[:-1]}'",
    f"auth plain alice {PASSWORD}",
    f"socket req as c4 plain client alice {PASSWORD}",
    f'let password = "{PASSWORD}"; socket req as c5 plain client alice $password; status c5; get plain_password',
    f'let p = "{PASSWORD}"; socket req as c6 plain client alice $p; assert $p == 1',
    f"alias up = 'socket req as c7 plain_password={PASSWORD}'\nup\nalias",
    f"def up {{ socket req as c8 plain_password={PASSWORD} nonsense=1 }}\nup",
    f"task t {{ socket req as c9 plain_password={PASSWORD}; fails EFSM c9 send x }}\nwait t",
    f'let pw = "{PASSWORD}"; assert $pw == "x"',
    f'for p in ["{PASSWORD}"] {{ socket req as c11 plain client alice $p; nonsense }}',
    f"def login user pass {{ socket req as c12 plain client $user $pass }}\nlogin alice {PASSWORD}; nonsense",
    f"let p = {PASSWORD}; socket req as c13 plain client alice $p",
    f"let p = upper('{PASSWORD}'); socket req as c14 plain client alice $p; nonsense",
    f"socket req as c15 plain_password = {PASSWORD}",
    f"socket req as c16 'plain_password={PASSWORD}'",
    f"let keys = ['public', '{KEY}']; socket rep as c17 curve server $keys[1] nonsense=1",
    f"bind rep inproc://zeromq.zap.01 as zap; within 10ms zap expect 1.0 _ x 127.0.0.1 '' PLAIN alice {PASSWORD}",
    f"within 10ms {{ bind rep :0 as c10 plain_password={PASSWORD}; c10 expect nobody }}",
]


def shown(result):
    return result.stdout + result.stderr


def is_silent(text):
    return PASSWORD not in text and KEY[:12] not in text


@pytest.mark.parametrize("line", LINES)
def test_a_line_with_a_secret_is_traced_and_fails_without_it(spawn, binary, folder, line):
    (folder / "line.zs").write_text(line + "\n")
    for words in (["run", "--trace", "line.zs"], ["run", "--update", "line.zs"], ["check", "line.zs"],
                  ["check", "--json", "line.zs"], ["run", "--trace", "-c", line]):
        text = shown(spawn(binary, *words).result())
        assert is_silent(text), (words, text)


@pytest.mark.parametrize("words", [["--update"], ["--stabilize", "3"]])
def test_a_script_that_is_rewritten_is_given_no_password(spawn, binary, folder, words):
    (folder / "handler.zs").write_text("""
        bind rep inproc://zeromq.zap.01 as zap
        connect req inproc://zeromq.zap.01 as asker
        let password = $env.DB_PASSWORD
        asker send 1.0 1 x 1.2.3.4 '' PLAIN alice $password
        zap expect 1.0 2 x 1.2.3.4 '' PLAIN alice another
        """)
    result = spawn(binary, "run", *words, "handler.zs", env={"DB_PASSWORD": PASSWORD}).result()
    assert is_silent(shown(result)), result
    text = (folder / "handler.zs").read_text()
    assert is_silent(text) and not any(PASSWORD in path.read_text() for path in folder.glob("*.*"))
    if words == ["--update"]:
        assert "zap expect 1.0 1 x 1.2.3.4 '' PLAIN alice _" in text


def test_a_secret_of_the_environment_is_not_shown_by_a_comparison(spawn, binary):
    result = spawn(binary, "run", "-c", 'assert $env.DB_PASSWORD == "x"', env={"DB_PASSWORD": PASSWORD}).result()
    assert result.exit == 4 and is_silent(shown(result)) and "the assertion does not hold" in result.stderr


@pytest.mark.parametrize("kind", ["tap", "junit", "json", "html", "lcov"])
def test_a_report_holds_no_secret(spawn, binary, folder, kind):
    for number, line in enumerate(LINES):
        (folder / f"l{number}.zs").write_text(line + "\n")
    result = spawn(binary, "test", ".", f"--report-{kind}", "report").result(timeout=60)
    assert result.exit != 64, result
    report = (folder / "report").read_text()
    assert report and is_silent(report) and is_silent(shown(result))
    if kind == "junit":
        xml.etree.ElementTree.fromstring(report)


def test_the_password_of_a_client_reaches_no_output_of_a_handler_of_ones_own(run_script, binary, spawn, folder):
    (folder / "pw").write_text(PASSWORD)
    (folder / "handler.zs").write_text("""
        bind router inproc://zeromq.zap.01 as zap
        bind rep :0 as server plain server
        connect req $server.endpoint as client plain client alice from pw
        zap recv
        connect req $server.endpoint as other plain client alice from pw
        zap recv as request
        print $request[8]
        connect req $server.endpoint as third plain client alice from pw
        zap expect nobody
        """)
    result = spawn(binary, "run", "--trace", "handler.zs").result()
    # What the script itself prints of it is its own matter.
    assert result.exit == 4 and result.stdout.splitlines().pop() == "alice"
    assert "PLAIN alice ***" in result.stdout and "PLAIN alice ***" in result.stderr
    assert is_silent(shown(result)), result
    spawn(binary, "test", "handler.zs", "--report-html", "report").result()
    assert is_silent((folder / "report").read_text())


@pytest.mark.skipif(not pathlib.Path("/proc/self/cmdline").exists(), reason="reads /proc")
def test_the_words_and_the_surroundings_of_processes_hold_no_secret(run_script, folder):
    (folder / "pw").write_text(PASSWORD)
    result = run_script("""
        keygen server.cert
        keygen as keys
        auth plain alice from pw
        bind rep :0 as server plain server
        connect req $server.endpoint as client plain client alice from pw
        bind rep :0 as secure curve server server.cert
        bind rep :0 as other curve server $keys[1]
        sh 'tr "\\\\0" "\\\\n" </proc/self/cmdline; tr "\\\\0" "\\\\n" </proc/$PPID/cmdline; env'
        """)
    assert result.exit == 0, result
    secret = (folder / "server.cert_secret").read_text().split('secret-key = "')[1][:40]
    assert "run" in result.stdout and PASSWORD not in shown(result) and secret not in shown(result)


def test_keygen_shows_the_secret_key_alone_where_it_was_asked_for(spawn, binary, folder):
    result = spawn(binary, "keygen", "mine").result()
    secret = (folder / "mine_secret").read_text().split('secret-key = "')[1][:40]
    assert secret not in shown(result) and "public-key" in result.stdout
    assert secret not in (folder / "mine").read_text()
