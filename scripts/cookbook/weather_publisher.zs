#!/usr/bin/env -S zsh-mq run
# A PUB that sends invented weather for fifty places, until it is stopped. A message is one text, `PLACE TEMPERATURE
# HUMIDITY`: the place, at its beginning, is what subscribers ask for. The Guide's wuserver.
#   zsh-mq run scripts/cookbook/weather_publisher.zs [ENDPOINT]
bind pub ${1:-5556} as publisher
every 10ms {
  for place in 10001..10050 {
    send "$place ${random(-20, 40)} ${random(10, 60)}"
  }
}
