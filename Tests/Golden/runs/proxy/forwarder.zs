# Subscriptions go one way, messages the other.
bind xsub :0 as front
bind xpub :0 as back
connect pub $front.endpoint as publisher
connect sub $back.endpoint as subscriber subscribe=news
proxy front back as forwarder
publisher wait subscribed news
publisher send "news of today"
subscriber expect "news of today"
proxy
