#!/usr/bin/env -S zsh-mq run
# A ROUTER that answers each request twice, until it is stopped: at once that it has it, then that it is done.
# The Guide's asyncsrv.
#   zsh-mq run scripts/cookbook/async_server.zs [ENDPOINT]
timeout never

bind router ${1:-5570} as server router_mandatory=0
loop {
  recv as client number request
  send $client $number accepted
  send $client $number "done: $request"
}
