bind pair inproc://a as left
connect pair inproc://a as right

left send "World from 5546"
right expect re:'World from (?<port>\d+)'
print "port $port"
left send a b
right expect re:'(?<first>.)' re:'(?<second>.)' as one two
print $first $second $one $two
left send World
right expect glob:'W*d'
left send World
right expect glob:'[V-X]or?d'
left send {"ok": true, "extra": [1, 2]}
right expect json:'{"ok":true}'
left send {"b": {"c": [1, {"d": 2, "e": 3}]}}
right expect {"b": {"c": [1, {"d": 2}]}}
left send "\x00\xff"
right expect hex:00ff
left send a b c
right expect a ...
left send a
right expect a ...
left send a b
right expect _ b
let what = "Wor.*"
left send World
right expect re:$what
print done
