#!/usr/bin/env -S zsh-mq run
# A web server of one page: a STREAM socket speaks plain TCP, to browsers and to curl as well.
#   zsh-mq run scripts/cookbook/http_server.zs [PORT]
timeout never
bind stream ${1:-8080} as web
print "http://127.0.0.1:${web.port}/"

loop {
  # A STREAM tells of each connection, and of its end, by an empty message.
  web recv as peer data
  if $data == "" { continue }
  let line = split(str($data), "\r\n")[0]
  let body = "You asked for: $line\n"
  print $line
  # The browser may have gone by now.
  try {
    web to $peer "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${len($body)}\r\n\r\n$body"
    # An empty message closes the connection.
    web to $peer ""
  } catch {
    assert $error.name == "EHOSTUNREACH" || $error.name == "EAGAIN"
  }
}
