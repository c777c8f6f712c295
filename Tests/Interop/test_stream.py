"""STREAM against plain TCP: a client and a server of the system's own sockets, and a browser."""

import http.server
import socket
import threading
import urllib.request

import pytest

from harness.program import LIMIT


def test_a_stream_answers_a_plain_tcp_client(spawn_script, port):
    server = spawn_script("""
        bind stream $1 as raw
        print ready
        raw recv as peer start
        raw recv as same data
        print $data ${$peer == $same} ${len($peer)}
        raw to $peer "World\\r\\n"
        raw send $peer "and more\\r\\n"
        raw peers | awk 'NR == 2 { print $2, $NF }'
        raw to $peer ""
        """, port)
    server.wait_for("^ready$")
    with socket.create_connection(("127.0.0.1", port), timeout=LIMIT) as client:
        client.sendall(b"Hello")
        received = b""
        while chunk := client.recv(1000):
            received += chunk
    assert received == b"World\r\nand more\r\n", "and then the connection was closed"
    result = server.result()
    assert (result.stderr, result.exit) == ("", 0), result
    assert result.stdout.splitlines()[1:] == ["Hello true 5", "plain 2"]


def test_a_random_id_of_a_stream_has_a_short_name(spawn_script, port):
    server = spawn_script("""
        bind stream $1 as raw
        print ready
        raw recv as peer start
        raw send @1 "by its name"
        fails EHOSTUNREACH raw send @2 "nobody"
        raw send @1 ""
        """, port)
    server.wait_for("^ready$")
    with socket.create_connection(("127.0.0.1", port), timeout=LIMIT) as client:
        received = b""
        while chunk := client.recv(1000):
            received += chunk
    assert received == b"by its name"
    result = server.result()
    assert (result.stderr, result.exit) == ("", 0), result


def test_what_is_for_a_peer_that_has_gone_is_not_waited_with(spawn_script, port):
    server = spawn_script("""
        bind stream $1 as raw
        print ready
        raw recv as gone start
        raw recv as gone data
        print come
        raw recv as other start
        print go
        raw wait disconnected
        # Its end, which is a message too, has not been received.
        fails EHOSTUNREACH raw to $gone "too late"
        raw to $other "in time"
        raw recv
        fails EHOSTUNREACH raw to $gone "too late"
        """, port)
    server.wait_for("^ready$")
    with socket.create_connection(("127.0.0.1", port), timeout=LIMIT) as first:
        first.sendall(b"Hello")
        server.wait_for("^come$")
        with socket.create_connection(("127.0.0.1", port), timeout=LIMIT) as second:
            server.wait_for("^go$")
            first.close()
            assert second.recv(1000) == b"in time", server.report()
            result = server.result()
    assert (result.stderr, result.exit) == ("", 0), result


def test_a_stream_asks_a_web_server(run_script):
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"Hello from the web\n")

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        result = run_script("""
            connect stream $1 as web
            web recv as peer start
            web to $peer "GET / HTTP/1.0\\r\\n\\r\\n"
            let page = ""
            loop {
              web recv as from part
              if $part == "" { break }
              let page = "$page$part"
            }
            print ${contains($page, "200 OK")} ${trim(split($page, "\\r\\n\\r\\n")[1])}
            """, server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
    assert (result.stdout, result.stderr, result.exit) == ("true Hello from the web\n", "", 0), result


def test_the_web_server_of_the_cookbook(spawn_script, scripts):
    server = spawn_script(scripts / "cookbook" / "http_server.zs", ":0")
    url = server.wait_for(r"^(http://127\.0\.0\.1:\d+/)$")[1]
    for path in ("hello", "again"):
        with urllib.request.urlopen(url + path, timeout=LIMIT) as answer:
            assert answer.read().decode().startswith(f"You asked for: GET /{path} HTTP/1.1")
    assert server.process.poll() is None, server.report()


def test_a_client_that_leaves_is_no_failed_handshake(spawn_script, port):
    server = spawn_script("""
        bind stream $1 as raw
        print ready
        raw recv as peer start
        raw wait disconnected
        fails EHOSTUNREACH raw to $peer "too late"
        raw recv as same end
        print ${len($end)} ${$same == $peer}
        raw status | grep -c handshake || true
        """.replace(" || true", ""), port)
    server.wait_for("^ready$")
    socket.create_connection(("127.0.0.1", port), timeout=LIMIT).close()
    server.wait_for("^0 true$")
    result = server.result()
    assert result.stdout.endswith("0\n"), "nothing is said of a handshake"


def test_a_connection_that_was_closed_here_is_no_peer_any_more(spawn_script, port):
    server = spawn_script("""
        bind stream $1 as raw
        print ready
        raw recv as peer start
        raw wait connected
        print $raw.peers
        raw to @last ""
        print $raw.peers
        """, port)
    server.wait_for("^ready$")
    with socket.create_connection(("127.0.0.1", port), timeout=LIMIT) as client:
        assert client.recv(1) == b""
    result = server.result()
    assert (result.stdout, result.stderr, result.exit) == ("ready\n1\n0\n", "", 0), result
