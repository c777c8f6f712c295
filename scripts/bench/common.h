/* What the benchmark's C programs share: a clock, checks, and the endpoint that a bind chose. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zmq.h>

static inline double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static inline void check(int holds, const char *what) {
  if (!holds) {
    fprintf(stderr, "%s: %s\n", what, zmq_strerror(zmq_errno()));
    exit(1);
  }
}

/* Binds and says where, so that the contestant can be started. */
static inline void *ready(void *context, int type, const char *endpoint) {
  void *socket = zmq_socket(context, type);
  check(zmq_bind(socket, endpoint) == 0, "zmq_bind");
  char bound[256];
  size_t size = sizeof bound;
  check(zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, bound, &size) == 0, "ZMQ_LAST_ENDPOINT");
  printf("ready %s\n", bound);
  fflush(stdout);
  return socket;
}
