#ifndef CZEROMQ_AFFINITY_H
#define CZEROMQ_AFFINITY_H

#if defined(__linux__)
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

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
