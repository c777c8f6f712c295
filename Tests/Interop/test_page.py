"""The scripts of the seed's page against the same programs in Python."""

import re

LINE = re.compile(r"(Sending request  (\d+) \.\.\.|Received reply  (\d+) \[ World from (\d+) \])")


def check_conversation(output, ports, greeting=None):
    """Request and reply by turns from 1 on, and the replies from each port by turns."""
    lines = output.splitlines()
    if greeting:
        assert lines.pop(0) == greeting
    found = [LINE.fullmatch(line) for line in lines]
    assert all(found), output
    requests = [int(line[2]) for line in found[0::2]]
    replies = [int(line[3]) for line in found[1::2]]
    assert requests == list(range(1, len(requests) + 1)) and replies == requests, output
    assert len(requests) >= 5
    senders = [int(line[4]) for line in found[1::2]]
    assert set(senders) == set(ports), "both servers answer"
    assert all(one != next for one, next in zip(senders, senders[1:])), "they take turns"


def test_our_client_takes_turns_between_two_python_servers(run_script, peer, ports, scripts):
    one, two = ports(), ports()
    servers = [peer("reqrep_server", port) for port in (one, two)]
    result = run_script(scripts / "reqrep_client.zs", one, two)
    assert (result.stderr, result.exit) == ("", 0)
    check_conversation(result.stdout, (one, two), "Connecting to hello world server...")
    for server in servers:
        server.wait_for(r"^Received request:  Hello$")


def test_a_python_client_takes_turns_between_our_two_servers(spawn_script, peer, ports, scripts):
    one, two = ports(), ports()
    for port in (one, two):
        spawn_script(scripts / "reqrep_server.zs", port)
    client = peer("reqrep_client", one, two)
    assert client.wait() == 0, client.report()
    check_conversation(client.text().split("\n", 1)[1], (one, two))


def test_our_client_and_our_servers_understand_each_other(spawn_script, run_script, ports, scripts):
    one, two = ports(), ports()
    for port in (one, two):
        spawn_script(scripts / "reqrep_server.zs", port)
    result = run_script(scripts / "reqrep_client.zs", one, two)
    assert (result.stderr, result.exit) == ("", 0)
    check_conversation(result.stdout, (one, two), "Connecting to hello world server...")


def test_the_client_needs_only_one_server(run_script, peer, port, scripts):
    peer("reqrep_server", port)
    result = run_script(scripts / "reqrep_client.zs", port)
    assert (result.stderr, result.exit) == ("", 0)
    assert f"Received reply  1 [ World from {port} ]" in result.stdout


def check_demo(result, ports):
    assert result.exit == 0, result
    assert "Sending request  1 ..." in result.stdout
    for port in ports:
        assert f"[ World from {port} ]" in result.stdout
    assert result.stdout.endswith("Recovered without reset\n")


def test_the_demo_runs_through_again_and_again(run_script, ports, scripts):
    chosen = ports(), ports()
    for _ in range(2):
        check_demo(run_script(scripts / "demo.zs", *chosen, timeout=60), chosen)


def test_without_arguments_the_demo_has_the_ports_of_the_page(run_script, port_of_its_own, scripts):
    chosen = port_of_its_own(5546), port_of_its_own(5556)
    check_demo(run_script(scripts / "demo.zs", timeout=60), chosen)
