"""Multicast over epgm, seen by a socket that takes every packet of the loopback device, packet(7)."""

import socket
import subprocess
import time

import pytest

from harness.ports import free_port
from harness.program import LIMIT

GROUPS = ("239.192.77.1", "239.192.77.2")
# if_ether.h: packets of IP.
ETH_P_IP = 0x0800


@pytest.fixture(scope="module")
def has_pgm(binary):
    told = subprocess.run([binary, "run", "-c", "version"], capture_output=True, text=True, check=True).stdout
    if "pgm" not in told:
        pytest.skip("libzmq is built without pgm")


@pytest.fixture
def packets():
    """Gives the sizes and the times to live of what is sent to a group, until a packet is as large as that.

    libzmq lets no multicast come back to its own machine, so a plain member of the group would see nothing.
    """
    try:
        tap = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_IP))
    except (AttributeError, PermissionError) as error:
        pytest.skip(f"packets cannot be seen here: {error}")
    tap.bind(("lo", ETH_P_IP))
    tap.settimeout(1)

    def read(group, until):
        sizes, lives = [], set()
        deadline = time.monotonic() + LIMIT
        while not sizes or max(sizes) < until:
            assert time.monotonic() < deadline, (sizes, lives)
            try:
                packet = tap.recv(65536)
            except TimeoutError:
                continue
            # RFC 791: the time to live is byte 8, the destination begins at 16.
            if packet[16:20] == socket.inet_aton(group):
                sizes.append(len(packet))
                lives.add(packet[8])
        return sizes, lives

    with tap:
        yield read


def test_hops_and_the_size_of_packets_count_from_the_next_connect_on(has_pgm, packets, spawn_script, port):
    child = spawn_script(f"""
        connect pub "epgm://127.0.0.1;{GROUPS[0]}:$1" as news linger=0 rate=100mbit
        news set multicast_hops 7
        news set multicast_maxtpdu 600B
        connect news "epgm://127.0.0.1;{GROUPS[1]}:$1"
        loop {{ news send zeros:3000; sleep 10ms }}
        """, port, limit="never")
    sizes, lives = packets(GROUPS[0], until=1000)
    assert max(sizes) <= 1500 and lives == {1}, child.report()
    sizes, lives = packets(GROUPS[1], until=500)
    assert max(sizes) <= 600 and lives == {7}, child.report()
    child.wait_for("does not change what 'news' is bound or connected to already", stream="stderr")


def test_a_rate_that_sends_no_packet_in_a_second_is_refused(has_pgm, run_script):
    # libpgm would end the program.
    result = run_script('connect pub "epgm://127.0.0.1;239.192.77.3:7500" rate=5\n')
    assert result.exit == 3, result
    assert "in a second, 'rate' sends less than one packet of 'multicast_maxtpdu'" in result.stderr


def test_security_that_multicast_does_not_have_is_told(run_script):
    if "norm" not in run_script("version").stdout:
        pytest.skip("libzmq is built without norm")
    result = run_script("""
        bind pub norm://127.0.0.1:$1 as out curve server
        auth deny 192.0.2.1
        bind pub norm://127.0.0.1:$2 as more
        """, free_port(), free_port())
    warnings = [line for line in result.stderr.splitlines() if "is not secured over norm" in line]
    assert result.exit == 0 and len(warnings) == 2, result
