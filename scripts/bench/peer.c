/* The peer that measures: peer echo|sink ENDPOINT COUNT

   echo   a REP that answers COUNT requests with the same bytes
   sink   a PULL that takes COUNT messages
   loop   a PUSH that sends COUNT messages and a PULL that takes them: for what stands between the two; the
          ENDPOINT is where both bind, on ports of their own

   It prints the seconds between the first and the last message it received. The same program faces the
   three contestants, so that nothing but what they do themselves differs. */

#include <pthread.h>

#include "common.h"

static long count;

static void *feed(void *source) {
  for (long i = 0; i < count; i++) check(zmq_send(source, "0123456789", 10, 0) == 10, "zmq_send");
  return NULL;
}

int main(int argc, char **argv) {
  check(argc == 4, "usage: peer echo|sink|loop ENDPOINT COUNT");
  int echoes = strcmp(argv[1], "echo") == 0;
  int loops = strcmp(argv[1], "loop") == 0;
  count = atol(argv[3]);
  void *context = zmq_ctx_new();
  void *source = loops ? ready(context, ZMQ_PUSH, argv[2]) : NULL;
  void *socket = ready(context, echoes ? ZMQ_REP : ZMQ_PULL, argv[2]);
  pthread_t feeder;
  if (loops) check(pthread_create(&feeder, NULL, feed, source) == 0, "pthread_create");
  double first = 0, last = 0;
  char bytes[256];
  for (long i = 0; i < count; i++) {
    int size = zmq_recv(socket, bytes, sizeof bytes, 0);
    check(size >= 0, "zmq_recv");
    if (i == 0) first = now();
    if (i == count - 1) last = now();
    if (echoes) check(zmq_send(socket, bytes, size, 0) == size, "zmq_send");
  }
  printf("took %.9f\n", last - first);
  fflush(stdout);
  if (loops) {
    pthread_join(feeder, NULL);
    zmq_close(source);
  }
  zmq_close(socket);
  zmq_ctx_term(context);
}
