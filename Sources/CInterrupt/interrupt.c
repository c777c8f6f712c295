#include "CInterrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

enum { highest_signal = 64 };

static struct {
  _Atomic(zi_interrupt *) interrupt;
  _Atomic(uint32_t) bits;
} caught[highest_signal + 1];

static int prepare(int fd) {
  int flags = fcntl(fd, F_GETFL);
  if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0) return -1;
  return fcntl(fd, F_SETFD, FD_CLOEXEC);
}

zi_interrupt *zi_new(void) {
  zi_interrupt *interrupt = calloc(1, sizeof *interrupt);
  if (!interrupt) return NULL;
  int fds[2];
  if (pipe(fds) < 0) {
    free(interrupt);
    return NULL;
  }
  interrupt->read_fd = fds[0];
  interrupt->write_fd = fds[1];
  if (prepare(fds[0]) < 0 || prepare(fds[1]) < 0) {
    zi_free(interrupt);
    return NULL;
  }
  return interrupt;
}

void zi_free(zi_interrupt *interrupt) {
  int saved = errno;
  close(interrupt->read_fd);
  close(interrupt->write_fd);
  free(interrupt);
  errno = saved;
}

void zi_raise(zi_interrupt *interrupt, uint32_t bits) {
  int saved = errno;
  atomic_fetch_or(&interrupt->raised, bits);
  // A full pipe is readable already, so a failed write loses nothing.
  ssize_t ignored = write(interrupt->write_fd, "", 1);
  (void)ignored;
  errno = saved;
}

void zi_quiet(zi_interrupt *interrupt) {
  char drained[64];
  while (read(interrupt->read_fd, drained, sizeof drained) > 0) {}
}

uint32_t zi_take(zi_interrupt *interrupt, uint32_t bits) {
  zi_quiet(interrupt);
  uint32_t before = atomic_fetch_and(&interrupt->raised, ~bits);
  // What stays raised keeps the pipe readable, so that the next poll still wakes for it.
  if (before & ~bits) zi_raise(interrupt, before & ~bits);
  return before & bits;
}

static void handle(int signal_number) {
  zi_interrupt *interrupt = atomic_load(&caught[signal_number].interrupt);
  if (!interrupt) return;
  uint32_t bits = atomic_load(&caught[signal_number].bits);
  int asks_to_end = signal_number == SIGINT || signal_number == SIGTERM;
  if (asks_to_end && (atomic_load(&interrupt->raised) & bits) == bits) {
    // Asked twice, and the first was not looked at: what runs does not come back by itself.
    signal(signal_number, SIG_DFL);
    raise(signal_number);
    return;
  }
  zi_raise(interrupt, bits);
}

int zi_catch(zi_interrupt *interrupt, int signal_number, uint32_t bits) {
  if (signal_number < 1 || signal_number > highest_signal) {
    errno = EINVAL;
    return -1;
  }
  atomic_store(&caught[signal_number].bits, bits);
  atomic_store(&caught[signal_number].interrupt, interrupt);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handle;
  sigemptyset(&action.sa_mask);
  // No SA_RESTART: a write or a poll that a signal meets returns, and the caller looks at the bits.
  return sigaction(signal_number, &action, NULL);
}

void zi_end_with_parent(void) {
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGTERM);
#endif
}

int zi_is_ignored(int signal_number) {
  struct sigaction action;
  return sigaction(signal_number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

void zi_release(int signal_number) {
  if (signal_number < 1 || signal_number > highest_signal) return;
  if (!atomic_load(&caught[signal_number].interrupt)) return;
  signal(signal_number, SIG_DFL);
  atomic_store(&caught[signal_number].interrupt, NULL);
}
