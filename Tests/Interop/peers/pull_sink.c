/* pull_sink ENDPOINT COUNT: a PULL on libzmq that takes COUNT messages, then prints their number, their
   bytes and the last one: `took 1000 10000 message 1000`. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

static void check(int holds, const char *what) {
  if (!holds) {
    fprintf(stderr, "%s: %s\n", what, zmq_strerror(zmq_errno()));
    exit(1);
  }
}

int main(int argc, char **argv) {
  check(argc == 3, "usage: pull_sink ENDPOINT COUNT");
  void *context = zmq_ctx_new();
  void *socket = zmq_socket(context, ZMQ_PULL);
  check(zmq_bind(socket, argv[1]) == 0, "zmq_bind");
  printf("ready %s\n", argv[1]);
  fflush(stdout);
  long count = atol(argv[2]), bytes = 0;
  char last[256] = "";
  for (long i = 0; i < count; i++) {
    int size = zmq_recv(socket, last, sizeof last - 1, 0);
    check(size >= 0 && size < (int)sizeof last, "zmq_recv");
    last[size] = 0;
    bytes += size;
  }
  printf("took %ld %ld %s\n", count, bytes, last);
  zmq_close(socket);
  zmq_ctx_term(context);
}
