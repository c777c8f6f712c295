bind pub inproc://news as news invert_matching=on
connect sub inproc://news as reader subscribe=A invert_matching=on
news wait subscribed A
news send A1
news send B1
reader recv
