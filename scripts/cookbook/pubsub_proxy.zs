#!/usr/bin/env -S zsh-mq run
# Stands between publishers and subscribers: subscriptions go one way, messages the other, until it is stopped.
# The Guide's wuproxy.
#   zsh-mq run scripts/cookbook/pubsub_proxy.zs [PUBLISHER] [SUBSCRIBERS]
connect xsub ${1:-5556} as frontend
bind xpub ${2:-8100} as backend
proxy frontend backend
