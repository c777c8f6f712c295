#ifndef CZEROMQ_SHIM_H
#define CZEROMQ_SHIM_H

#include <zmq.h>

#if defined(__linux__)
#include <linux/sockios.h>
#include <sys/ioctl.h>
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

#endif
