#include "CReceived.h"

#if defined(__linux__)

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/types.h>

// More descriptors than a program may have by default; what is beyond is not counted. Pages that nobody touches take none.
enum { most_descriptors = 1 << 16 };

static _Atomic(long long) counts[most_descriptors];
static _Atomic(int) endings[most_descriptors];

// The system counts what comes over tcp, and nothing of what comes over a socket file. libzmq calls recv(2) through the
// table of the dynamic linker, which looks in the program first: this one is found there, counts, and does the same.
ssize_t recv(int descriptor, void *buffer, size_t size, int flags) {
  ssize_t count = recvfrom(descriptor, buffer, size, flags, NULL, NULL);
  if (flags & MSG_PEEK || descriptor < 0 || descriptor >= most_descriptors) return count;
  if (count > 0) {
    atomic_fetch_add_explicit(&counts[descriptor], count, memory_order_relaxed);
  } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
    atomic_fetch_add_explicit(&endings[descriptor], 1, memory_order_relaxed);
  }
  return count;
}

long long zr_received_bytes(int descriptor) {
  if (descriptor < 0 || descriptor >= most_descriptors) return -1;
  return atomic_load_explicit(&counts[descriptor], memory_order_relaxed);
}

long long zr_endings(int descriptor) {
  if (descriptor < 0 || descriptor >= most_descriptors) return -1;
  return atomic_load_explicit(&endings[descriptor], memory_order_relaxed);
}

#else

// Elsewhere a library finds the functions of the library that it was linked with.
long long zr_received_bytes(int descriptor) {
  (void)descriptor;
  return -1;
}

long long zr_endings(int descriptor) {
  (void)descriptor;
  return -1;
}

#endif
