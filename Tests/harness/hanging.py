"""A test that hangs fails and is named: a gate that waits for ever tells nobody which.

It is a plugin of pytest, for each of setup, call and teardown of a test.
"""

import faulthandler
import os
import signal
import threading

import pytest

# A test waits for no fact that long, however busy the machine is.
SECONDS = 150
# What cannot be stopped by then takes its process with it; pytest-xdist tells which test that was.
GRACE = 30

_terminal = None


def pytest_configure():
    global _terminal
    # pytest catches what tests write to it later.
    _terminal = os.dup(2)


def _overdue(*_):
    pytest.fail(f"it hung: {SECONDS} s were not enough")


def _limited():
    if threading.current_thread() is not threading.main_thread():
        yield  # signals come to the main thread
        return
    before = signal.signal(signal.SIGALRM, _overdue)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    faulthandler.dump_traceback_later(SECONDS + GRACE, exit=True, file=_terminal)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()
        signal.signal(signal.SIGALRM, before)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_setup():
    yield from _limited()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call():
    yield from _limited()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_teardown():
    yield from _limited()
