#ifndef CZEROMQ_SHIM_H
#define CZEROMQ_SHIM_H

#include <stdbool.h>
#include <string.h>
#include <zmq.h>

#if defined(__linux__)
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
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

/// How many bytes have come through a TCP connection in all, and since how many milliseconds none has; false where it is
/// no such connection or the system does not tell.
static inline bool cz_received_bytes(int descriptor, long long *count, unsigned *quiet) {
#if defined(__linux__)
  // struct tcp_info of linux/tcp.h: tcpi_last_data_recv, and tcpi_bytes_received since Linux 4.1; glibc's own struct
  // ends before that.
  enum { quiet_offset = 52, count_offset = 128 };
  char info[256];
  socklen_t size = sizeof info;
  if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, info, &size) != 0 || size < count_offset + sizeof *count) {
    return false;
  }
  memcpy(count, info + count_offset, sizeof *count);
  memcpy(quiet, info + quiet_offset, sizeof *quiet);
  return true;
#else
  (void)descriptor, (void)count, (void)quiet;
  return false;
#endif
}

/// How many bytes were given to a TCP connection in all, and how many of them have not gone out yet; false where it is no
/// such connection or the system does not tell.
static inline bool cz_sent_bytes(int descriptor, long long *count, unsigned *unsent) {
#if defined(__linux__)
  // struct tcp_info of linux/tcp.h: tcpi_notsent_bytes; tcpi_bytes_sent and tcpi_bytes_retrans since Linux 4.19.
  enum { unsent_offset = 144, count_offset = 200, again_offset = 208 };
  char info[256];
  long long again;
  socklen_t size = sizeof info;
  if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, info, &size) != 0 || size < again_offset + sizeof again) {
    return false;
  }
  memcpy(unsent, info + unsent_offset, sizeof *unsent);
  memcpy(count, info + count_offset, sizeof *count);
  memcpy(&again, info + again_offset, sizeof again);
  *count += *unsent - again;
  return true;
#else
  (void)descriptor, (void)count, (void)unsent;
  return false;
#endif
}

#endif
