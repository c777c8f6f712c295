"""The scripts of the cookbook: against each other, and against the Guide's programs on pyzmq."""

import re
import signal

import pytest


@pytest.fixture
def recipe(spawn_script, scripts):
    """Starts a script of the cookbook beside the test."""

    def start(name, *arguments):
        return spawn_script(scripts / "cookbook" / f"{name}.zs", *arguments)

    return start


@pytest.fixture
def cook(run_script, scripts):
    """Runs a script of the cookbook to its good end and gives what it printed."""

    def run(name, *arguments):
        return good(run_script(scripts / "cookbook" / f"{name}.zs", *arguments))

    return run


def good(result):
    """What a program printed that ended well."""
    assert (notes(result.stderr), result.exit) == ("", 0), result
    return result.stdout


def notes(text):
    """A standard error without what `time` says."""
    return re.sub(r"^note: took .*\n", "", text, flags=re.MULTILINE)


def stopped(child):
    """Stops a script that serves until then, which is the end that is meant for it."""
    child.signal(signal.SIGTERM)
    assert (child.wait(), child.text("stderr")) == (143, ""), child.report()
    return child.text()


OURS_AND_THEIRS = [("ours", "ours"), ("ours", "theirs"), ("theirs", "ours")]


# --- publish and subscribe

def test_the_weather_of_one_place_is_averaged(recipe, cook, port):
    publisher = recipe("weather_publisher", port)
    assert re.fullmatch(
        r"Collecting updates from the weather server...\nAverage temperature for 10003 was -?\d+ degrees\n",
        cook("weather_subscriber", 10003, port))
    stopped(publisher)


def test_the_weather_comes_from_a_python_publisher(cook, peer, port):
    # 100030 begins with 10003 too, and is another place.
    peer("publisher", port, "10003 20 50", "100030 99 50", "10003 -10 50", "10004 99 50")
    assert cook("weather_subscriber", 10003, port).endswith("Average temperature for 10003 was 5 degrees\n")


def test_a_python_subscriber_gets_the_weather_of_its_place(recipe, peer, port):
    recipe("weather_publisher", port)
    lines = good(peer("subscriber", port, "10003 ", 5).result()).splitlines()[1:]
    assert len(lines) == 5 and all(re.fullmatch(r"10003 -?\d+ \d+", line) for line in lines), lines


def test_subscriptions_and_weather_pass_a_proxy(recipe, cook, peer, ports):
    front, back = ports(), ports()
    peer("publisher", front, "10003 20 50", "10004 99 50")
    proxy = recipe("pubsub_proxy", front, back)
    python = peer("subscriber", back, "10004 ", 3)
    assert cook("weather_subscriber", 10003, back).endswith("was 20 degrees\n")
    assert good(python.result()).splitlines()[1:] == 3 * ["10004 99 50"]
    stopped(proxy)


def test_envelopes_are_opened_by_their_topic(recipe, cook, peer, ports):
    ours, theirs = ports(), ports()
    publisher = recipe("envelope_publisher", ours)
    wanted = "We would like to see this"
    assert cook("envelope_subscriber", ours, 3) == 3 * f"[B] {wanted}\n"
    assert good(peer("subscriber", ours, "B", 2).result()).splitlines()[1:] == 2 * [f"B|{wanted}"]
    peer("publisher", theirs, "A|no", "B|yes")
    assert cook("envelope_subscriber", theirs, 3) == 3 * "[B] yes\n"
    stopped(publisher)


@pytest.mark.parametrize("publisher, subscriber", OURS_AND_THEIRS)
def test_no_subscriber_misses_the_first_update(recipe, peer, ports, publisher, subscriber):
    data, sync = ports(), ports()
    # The subscribers come first: the publisher is the late one.
    if subscriber == "ours":
        subscribers = [recipe("synchronized_subscriber", data, sync) for _ in range(2)]
    else:
        subscribers = [peer("synchronized", "subscriber", data, sync) for _ in range(2)]
    if publisher == "ours":
        source = recipe("synchronized_publisher", 2, data, sync)
    else:
        source = peer("synchronized", "publisher", 2, data, sync)
    for child in subscribers:
        assert good(child.result()).endswith("Received 1000 updates\n")
    good(source.result())


# --- pipelines

@pytest.mark.parametrize("theirs", ["none", "ventilator", "worker", "sink"])
def test_a_pipeline_does_every_task(recipe, peer, ports, theirs):
    tasks, results = ports(), ports()
    if theirs == "sink":
        sink = peer("pipeline", "sink", results)
    else:
        sink = recipe("sink", results)
    workers = [recipe("worker", tasks, results, "one")]
    if theirs == "worker":
        peer("pipeline", "worker", tasks, results, "two")
    else:
        workers.append(recipe("worker", tasks, results, "two"))
    if theirs == "ventilator":
        ventilator = peer("pipeline", "ventilator", 2, tasks, results)
    else:
        ventilator = recipe("ventilator", 2, tasks, results)
    good(ventilator.result())
    printed = good(sink.result())
    assert printed.endswith("100 tasks done by one two\n" if theirs == "sink" else "100 tasks done\n")
    for worker in workers:
        stopped(worker)


@pytest.mark.parametrize("theirs", ["none", "worker", "sink"])
def test_the_sink_ends_the_workers(recipe, peer, ports, theirs):
    tasks, results, control = ports(), ports(), ports()
    if theirs == "sink":
        sink = peer("pipeline", "killing", 2, results, control)
    else:
        sink = recipe("killing_sink", 2, results, control)
    workers = [recipe("killable_worker", tasks, results, control)]
    if theirs == "worker":
        workers.append(peer("pipeline", "killable", tasks, results, control))
    else:
        workers.append(recipe("killable_worker", tasks, results, control))
    good(recipe("ventilator", 2, tasks, results).result())
    assert "100 tasks done" in good(sink.result())
    for worker in workers:
        assert good(worker.result()).lower().endswith("killed\n")


def test_a_script_waits_at_two_sockets(recipe, peer, ports):
    tasks, weather, results = ports(), ports(), ports()
    both = recipe("many_sockets", tasks, weather, 150)
    peer("publisher", weather, "10001 20 50", "10002 99 50")
    both.wait_for(r"^weather 10001 20 50$")
    recipe("sink", results)
    good(recipe("ventilator", 1, tasks, results).result())
    lines = good(both.result()).splitlines()
    assert sum(bool(re.fullmatch(r"ventilator \d+", line)) for line in lines) == 100
    assert sum(line == "weather 10001 20 50" for line in lines) == 50


# --- brokers

def check_client(output, names):
    """Nine requests, each with a reply of a worker."""
    replies = re.findall(r"^Received reply  \d+ \[ World from (\w+) \]$", output, re.MULTILINE)
    assert len(replies) == 9 and set(replies) <= set(names), output
    return replies


@pytest.mark.parametrize("worker", ["ours", "theirs", "both"])
def test_our_broker_deals_requests_to_workers_by_turns(recipe, peer, run_script, scripts, ports, worker):
    front, back = ports(), ports()
    broker = recipe("broker", front, back, 2)
    for name, whose in zip(("one", "two"), ("ours", "theirs") if worker == "both" else (worker, worker)):
        if whose == "ours":
            recipe("broker_worker", back, name)
        else:
            peer("broker_worker", "rep", back, name)
    broker.wait_for("^Workers are there$")
    replies = check_client(good(run_script(scripts / "reqrep_client.zs", front)), ("one", "two"))
    assert all(one != next for one, next in zip(replies, replies[1:])), "they take turns"
    stopped(broker)


def test_our_broker_serves_python_clients_side_by_side(recipe, peer, ports):
    front, back = ports(), ports()
    broker = recipe("broker", front, back)
    peer("broker_worker", "rep", back, "one")
    recipe("broker_worker", back, "two")
    clients = [peer("reqrep_client", front) for _ in range(4)]
    for client in clients:
        check_client(good(client.result()), ("one", "two"))
    stopped(broker)


def test_requests_wait_in_the_frontend_while_no_worker_is_there(binary, recipe, peer, spawn, scripts, ports):
    front, back = ports(), ports()
    broker = spawn(binary, "run", "--trace", scripts / "cookbook" / "broker.zs", front, back)
    worker = recipe("broker_worker", back, "gone")
    broker.wait_for("^Workers are there$")
    stopped(worker)
    broker.wait_for("^  backend: .*disconnected", stream="stderr")
    client = peer("reqrep_client", front)
    broker.wait_for("^  frontend: handshake", stream="stderr")
    recipe("broker_worker", back, "new")
    check_client(good(client.result()), ("new",))


def test_our_workers_and_client_use_a_python_broker(recipe, peer, run_script, scripts, ports):
    front, back = ports(), ports()
    peer("broker", "route", front, back)
    worker = recipe("broker_worker", back, "one")
    check_client(good(run_script(scripts / "reqrep_client.zs", front)), ("one",))
    assert stopped(worker) == 9 * "Received request: [Hello]\n"


@pytest.mark.parametrize("worker", ["ours", "theirs", "both"])
def test_our_balancer_gives_requests_to_idle_workers(recipe, peer, run_script, scripts, ports, worker):
    front, back = ports(), ports()
    balancer = recipe("balancer", front, back)
    for name, whose in zip(("one", "two"), ("ours", "theirs") if worker == "both" else (worker, worker)):
        if whose == "ours":
            recipe("balanced_worker", back, name)
        else:
            peer("broker_worker", "ready", back, name)
        balancer.wait_for("^A worker is ready$")
    replies = check_client(good(run_script(scripts / "reqrep_client.zs", front)), ("one", "two"))
    assert replies == (5 * ["one", "two"])[:9], "the one that has been idle longest"
    stopped(balancer)


def test_our_balancer_keeps_the_requests_of_many_clients_until_a_worker_is_idle(recipe, peer, ports):
    front, back = ports(), ports()
    balancer = recipe("balancer", front, back)
    clients = [peer("reqrep_client", front) for _ in range(4)]
    peer("broker_worker", "ready", back, "one")
    recipe("balanced_worker", back, "two")
    for client in clients:
        check_client(good(client.result()), ("one", "two"))
    stopped(balancer)


def test_our_balancer_bears_a_crowd_of_requests_and_what_is_none(recipe, peer, ports):
    front, back = ports(), ports()
    balancer = recipe("balancer", front, back)
    for name in ("one", "two"):
        recipe("balanced_worker", back, name)
        balancer.wait_for("^A worker is ready$")
    # A DEALER sends what it likes: 2000 requests as a REQ would, then one frame, then five.
    crowd = peer(
        "peer", "dealer", "connect", f"tcp://127.0.0.1:{front}", "2000*send - 48", "send 48", "send 01 02 03 04 05",
        "2000*recv")
    lines = good(crowd.result()).splitlines()[1:-1]
    assert len(lines) == 2000
    assert set(lines) == {f"got - {f'World from {name}'.encode().hex()}" for name in ("one", "two")}
    stopped(balancer)


def test_our_balanced_workers_use_a_python_balancer(recipe, peer, run_script, scripts, ports):
    front, back = ports(), ports()
    broker = peer("broker", "balance", front, back)
    for name in ("one", "two"):
        recipe("balanced_worker", back, name)
        broker.wait_for("^worker$")
    replies = check_client(good(run_script(scripts / "reqrep_client.zs", front)), ("one", "two"))
    assert replies == (5 * ["one", "two"])[:9]


# --- many requests in flight, identities, threads

def test_an_asynchronous_client_and_server_have_many_requests_in_flight(recipe, cook, peer, port):
    server = recipe("async_server", port)
    python = peer("asynchronous", "client", port, "them")
    expected = [f"{n}: {what}" for n in range(1, 6) for what in ("accepted", f"done: request {n}")]
    assert cook("async_client", port, "us").splitlines() == expected
    lines = good(python.result()).splitlines()[1:]
    assert lines == [f"{n}: {what}" for n in range(5) for what in ("accepted", f"done: job {n} of them")]
    stopped(server)


def test_an_asynchronous_client_takes_replies_in_any_order(cook, peer, port):
    peer("asynchronous", "server", port)
    assert cook("async_client", port).splitlines() == [
        f"{n}: {what}" for n in range(5, 0, -1) for what in ("accepted", f"late: request {n}")]


@pytest.mark.parametrize("endpoint", ["inproc", "tcp"])
def test_routing_ids_are_made_or_chosen(cook, endpoint, port):
    assert cook("identity", *([port] if endpoint == "tcp" else [])) == (
        "[5 bytes] ROUTER uses a generated 5 byte identity\n[PEER2] ROUTER uses REQ's socket identity\n")


def test_threads_signal_each_other(cook):
    # A task's lines come when it waits next or ends, so they may come after what they were the reason for.
    assert sorted(cook("relay").splitlines()) == [
        "Test successful!", "step1: Step 1 ready, signaling step 2", "step2: Step 2 ready, signaling step 3"]


def test_every_script_of_the_cookbook_checks_and_is_laid_out(binary, spawn, scripts):
    recipes = sorted((scripts / "cookbook").glob("*.zs"))
    assert len(recipes) >= 10
    for words in (["check"], ["fmt", "--check"]):
        result = spawn(binary, *words, *recipes).result()
        assert (result.stdout, result.exit) == ("", 0), result
