"""What tests start finds the same surroundings, wherever they run: in a shell, in its background, under nohup, in CI.

It is a plugin of pytest.
"""

import os
import signal


def pytest_configure():
    os.umask(0o022)
    # A signal that is ignored stays so in every child. What is caught here has its default action in them.
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM, signal.SIGTSTP, signal.SIGCHLD):
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
