/* Loaded before the C library (LD_PRELOAD): a SIGTERM comes in the poll(2) of the main thread that has the number
   $UNTIMELY_SIGNAL, counted from 1 since the program catches the signal. That fails with EINTR, as the system does with a signal that it finds pending also
   where the call was not to wait. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

int poll(struct pollfd *items, nfds_t count, int timeout) {
  static int (*original)(struct pollfd *, nfds_t, int);
  static long left;
  if (!original) {
    original = (int (*)(struct pollfd *, nfds_t, int))dlsym(RTLD_NEXT, "poll");
    const char *number = getenv("UNTIMELY_SIGNAL");
    left = number ? atol(number) : 0;
  }
  struct sigaction action;
  int is_caught = sigaction(SIGTERM, NULL, &action) == 0 && action.sa_handler != SIG_DFL;
  if (is_caught && syscall(SYS_gettid) == getpid() && left > 0 && --left == 0) {
    raise(SIGTERM);
    errno = EINTR;
    return -1;
  }
  return original(items, count, timeout);
}
