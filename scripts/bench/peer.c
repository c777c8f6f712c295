/* The peer that measures: peer echo|sink ENDPOINT COUNT

   echo   a REP that answers COUNT requests with the same bytes
   sink   a PULL that takes COUNT messages

   It prints the seconds between the first and the last message it received. The same program faces the
   three contestants, so that nothing but what they do themselves differs. */

#include "common.h"

int main(int argc, char **argv) {
  check(argc == 4, "usage: peer echo|sink ENDPOINT COUNT");
  int echoes = strcmp(argv[1], "echo") == 0;
  long count = atol(argv[3]);
  void *context = zmq_ctx_new();
  void *socket = ready(context, echoes ? ZMQ_REP : ZMQ_PULL, argv[2]);
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
  zmq_close(socket);
  zmq_ctx_term(context);
}
