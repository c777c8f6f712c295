/* rep_echo ENDPOINT: a REP on libzmq that sends each request back, frame by frame, for ever. */

#include <stdio.h>
#include <stdlib.h>
#include <zmq.h>

enum { MAX_FRAMES = 64 };

static void check(int holds, const char *what) {
  if (!holds) {
    fprintf(stderr, "%s: %s\n", what, zmq_strerror(zmq_errno()));
    exit(1);
  }
}

int main(int argc, char **argv) {
  check(argc == 2, "usage: rep_echo ENDPOINT");
  void *socket = zmq_socket(zmq_ctx_new(), ZMQ_REP);
  check(zmq_bind(socket, argv[1]) == 0, "zmq_bind");
  printf("ready %s\n", argv[1]);
  fflush(stdout);
  for (;;) {
    /* A REP may send only once it has received the whole request. */
    zmq_msg_t frames[MAX_FRAMES];
    int count = 0, more;
    do {
      check(count < MAX_FRAMES, "too many frames");
      zmq_msg_init(&frames[count]);
      check(zmq_msg_recv(&frames[count], socket, 0) >= 0, "zmq_msg_recv");
      more = zmq_msg_more(&frames[count++]);
    } while (more);
    for (int i = 0; i < count; i++)
      check(zmq_msg_send(&frames[i], socket, i + 1 < count ? ZMQ_SNDMORE : 0) >= 0, "zmq_msg_send");
  }
}
