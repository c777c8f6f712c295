#!/usr/bin/env -S zsh-mq run
# A DEALER that sends five requests without waiting, then takes the replies in whatever order they come. The number
# in each tells which request it answers. The Guide's asyncsrv.
#   zsh-mq run scripts/cookbook/async_client.zs [ENDPOINT] [NAME]
connect dealer ${1:-5570} as client routing_id=${2:-client}
wait connected
for number in 1..5 { send $number "request $number" }

let open = 5
while $open > 0 {
  recv as number reply
  print "$number: $reply"
  if $reply != "accepted" { let open = $open - 1 }
}
