#!/usr/bin/env -S zsh-mq run
# Stands between a publisher and its subscribers, and sends whoever subscribes the last value of the topic at once.
# The Guide's last value cache, of one topic.
#   zsh-mq run scripts/cookbook/last_value_cache.zs TOPIC [PUBLISHER] [SUBSCRIBERS]
timeout never
let topic = $1
connect sub ${2:-5557} as frontend subscribe=$topic
# Every subscription is told, not only the first to a topic.
bind xpub ${3:-5558} as backend xpub_verbose=1

let last = []
loop {
  wait readable frontend backend as ready
  $ready recv as message
  if "$ready" == "frontend" {
    let last = $message.frames
    backend send $message
  } else if $message == "\x01$topic" && len($last) > 0 {
    backend send $last
  }
}
