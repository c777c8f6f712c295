"""The pages of help that lead through something: what stands in them runs, and says what it says."""

import re


def statements(page):
    """The lines that a page means to be typed."""
    return [line.strip() for line in page.splitlines() if line.startswith("    ")]


def test_the_page_of_security_runs_from_its_first_line_to_its_last(run_script, ports):
    page = run_script("help security").stdout
    script = "\n".join(statements(page))
    assert script.count("\n") > 30
    for port in sorted(set(re.findall(r"\b55\d\d\b", script))):
        script = script.replace(port, str(ports()))
    result = run_script(script)
    assert result.exit == 0, result
    shown = [re.sub(r"\d\d:\d\d:\d\d", "TIME", line) for line in result.stdout.splitlines()]
    messages = [line for line in shown if line in ("Hello", "World", "alice", "somebody")]
    assert messages == ["Hello", "World", "alice", "Hello", "somebody"], result.stdout
    assert "127.0.0.1 no certificate has this key" in shown
    assert any(re.match(r"TIME +let in +127\.0\.0\.1 +CURVE key '.*' +no domain +its certificate is in ", line)
               for line in shown), result.stdout


def test_the_page_of_security_tells_of_gssapi_what_the_library_has(run_script):
    page = run_script("help security").stdout
    known = run_script("help gssapi_server").stdout
    lacks = "does not have it" in known
    assert f"in use {'does not have' if lacks else 'has'} it" in page
    socket = run_script("socket rep gssapi_server=on")
    assert (socket.exit != 0) == lacks


def test_the_page_of_limits_tells_those_that_hold(run_script):
    page = run_script("help limits").stdout
    assert re.search(r"^  a frame +64 MiB \(maxmsgsize\)", page, re.MULTILINE)
    status = run_script("socket pull as sink\nstatus sink").stdout
    assert "maxmsgsize=64 MiB (libzmq: no limit)" in status
    shown = run_script("socket pull as sink\nprint ${json([1])}\nget handshake_ivl\nget rcvhwm").stdout.split("\n")
    assert "handshake_ivl" in page and f"{shown[1].split('=')[-1]} (handshake_ivl)" in page, shown
