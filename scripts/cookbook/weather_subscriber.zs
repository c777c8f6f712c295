#!/usr/bin/env -S zsh-mq run
# A SUB that receives the weather of one place and averages it. The Guide's wuclient.
#   zsh-mq run scripts/cookbook/weather_subscriber.zs [PLACE] [ENDPOINT]
let place = "${1:-10001}"
let updates = 20
let total = 0

connect sub ${2:-5556} as subscriber subscribe="$place "
print "Collecting updates from the weather server..."
repeat $updates {
  recv as update
  let total = $total + int(split($update, " ")[1])
}
print "Average temperature for $place was ${total / updates} degrees"
