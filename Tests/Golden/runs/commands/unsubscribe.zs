bind pub inproc://news as news
connect sub inproc://news as reader
reader subscribe a b
news wait subscribed b
reader unsubscribe a
# What is subscribed next comes after it, so the PUB has taken both.
reader subscribe c
news wait subscribed c
news send a
news send b
reader recv
timeout 20ms
reader expect nothing
