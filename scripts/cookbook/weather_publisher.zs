#!/usr/bin/env -S zsh-mq run
# A PUB that sends invented weather for twenty places, until it is stopped. The place is the topic.
# The Guide's wuserver.
#   zsh-mq run scripts/cookbook/weather_publisher.zs [ENDPOINT]
let n = 0

bind pub ${1:-5556} as publisher
every 10ms {
  for place in 10001..10020 {
    let n = $n + 1
    send $place ${n * 7 % 41 - 5} ${40 + n * 3 % 53}
  }
}
