# They are told readably, as the XPUB's own view is; another view counts too.
bind xsub inproc://in as front
bind xpub inproc://out as back
connect pub inproc://in as news
connect sub inproc://out as reader
front view hex
proxy front back as forwarder
proxy watch forwarder
reader subscribe "the news"
news wait subscribed "the news"
news send "the news" today
reader expect "the news" today
reader unsubscribe "the news"
retry 300 every 10ms { proxy | grep -q " 2  " }
proxy unwatch forwarder
