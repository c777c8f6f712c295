#ifndef CZEROMQ_SHIM_H
#define CZEROMQ_SHIM_H

#include <zmq.h>

#if defined(__linux__)
#include <errno.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

/// How many bytes the other side of a connection has not read yet, or -1 where the system does not tell.
static inline int cz_unread_bytes(int descriptor) {
#if defined(__linux__)
  int count = 0;
  return ioctl(descriptor, SIOCOUTQ, &count) == 0 ? count : -1;
#else
  (void)descriptor;
  return -1;
#endif
}

/// Lets the calling thread run on these processors alone, sched_setaffinity(2), which Swift cannot see. 0, or an errno.
static inline int cz_set_affinity(const void *processors, unsigned long size) {
#if defined(__linux__)
  return syscall(SYS_sched_setaffinity, 0, size, processors) == -1 ? errno : 0;
#else
  (void)processors;
  (void)size;
  return 0;
#endif
}

#endif
