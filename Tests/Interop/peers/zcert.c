/* zcert write FILE: makes a certificate as CZMQ does. zcert read FILE: prints its keys, name and email. */

#include <czmq.h>

int main(int argc, char **argv) {
  zsys_handler_set(NULL);
  if (argc != 3) return 64;
  zcert_t *cert = streq(argv[1], "write") ? zcert_new() : zcert_load(argv[2]);
  if (!cert) return 1;
  if (streq(argv[1], "write")) {
    zcert_set_meta(cert, "name", "%s", "Zoe");
    if (zcert_save(cert, argv[2]) != 0) return 1;
  }
  const char *name = zcert_meta(cert, "name"), *email = zcert_meta(cert, "email");
  printf("%s\n%s\n%s\n%s\n", zcert_public_txt(cert), zcert_secret_txt(cert), name ? name : "", email ? email : "");
  zcert_destroy(&cert);
  return 0;
}
