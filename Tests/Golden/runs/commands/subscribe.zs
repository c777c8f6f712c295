bind pub inproc://news as news
connect sub inproc://news as reader
reader subscribe weather "sport "
news wait subscribed "sport "
news send sportive no
news send "sport 3:1" yes
news send "weather: fine"
reader recv
reader recv
timeout 20ms
reader expect nothing
