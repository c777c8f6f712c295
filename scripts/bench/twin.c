/* The contestant in C: twin CASE ENDPOINT COUNT. Each case does what the script CASE.zs does. */

#include "common.h"

static void *context;

static void *connected(int type, const char *endpoint) {
  void *socket = zmq_socket(context, type);
  check(zmq_connect(socket, endpoint) == 0, "zmq_connect");
  return socket;
}

static void roundtrip(void *client, long count) {
  char reply[256];
  for (long i = 0; i < count; i++) {
    check(zmq_send(client, "0123456789", 10, 0) == 10, "zmq_send");
    check(zmq_recv(client, reply, sizeof reply, 0) == 10, "zmq_recv");
  }
}

static void push(void *out, long count) {
  for (long i = 0; i < count; i++) check(zmq_send(out, "0123456789", 10, 0) == 10, "zmq_send");
}

static void interpolate(void *out, long count) {
  char text[64];
  for (long i = 1; i <= count; i++) {
    int size = snprintf(text, sizeof text, "message %ld", i);
    check(zmq_send(out, text, size, 0) == size, "zmq_send");
  }
}

/* Between two marks to the sink, which measures the time from one to the other. */
static void inproc(void *mark, long count, int prints) {
  void *one = zmq_socket(context, ZMQ_PAIR), *two = zmq_socket(context, ZMQ_PAIR);
  check(zmq_bind(one, "inproc://loop") == 0, "zmq_bind");
  check(zmq_connect(two, "inproc://loop") == 0, "zmq_connect");
  zmq_send(mark, "begin", 5, 0);
  char bytes[256];
  for (long i = 0; i < count; i++) {
    check(zmq_send(one, "0123456789", 10, 0) == 10, "zmq_send");
    int size = zmq_recv(two, bytes, sizeof bytes, 0);
    check(size == 10, "zmq_recv");
    if (prints) printf("%.*s\n", size, bytes);
  }
  zmq_send(mark, "end", 3, 0);
  zmq_close(one);
  zmq_close(two);
}

/* Until it is killed. */
static void proxy(const char *endpoints) {
  char source[256], sink[256];
  check(sscanf(endpoints, "%255[^,],%255s", source, sink) == 2, "two endpoints");
  zmq_proxy(connected(ZMQ_PULL, source), connected(ZMQ_PUSH, sink), NULL);
}

int main(int argc, char **argv) {
  check(argc == 4, "usage: twin CASE ENDPOINT COUNT");
  const char *name = argv[1], *endpoint = argv[2];
  long count = atol(argv[3]);
  context = zmq_ctx_new();
  void *socket = NULL;
  if (strcmp(name, "roundtrip") == 0) roundtrip(socket = connected(ZMQ_REQ, endpoint), count);
  else if (strcmp(name, "push") == 0) push(socket = connected(ZMQ_PUSH, endpoint), count);
  else if (strcmp(name, "interpolate") == 0) interpolate(socket = connected(ZMQ_PUSH, endpoint), count);
  else if (strcmp(name, "inproc") == 0) inproc(socket = connected(ZMQ_PUSH, endpoint), count, 0);
  else if (strcmp(name, "inproc-print") == 0) inproc(socket = connected(ZMQ_PUSH, endpoint), count, 1);
  else if (strcmp(name, "proxy") == 0) proxy(endpoint);
  else if (strcmp(name, "startup") != 0) check(0, "no such case");
  if (socket) zmq_close(socket);
  zmq_ctx_term(context);
}
