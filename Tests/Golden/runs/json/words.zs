bind pair inproc://a as left
connect pair inproc://a as right
let id = 7
let name = "Ada"
left send {"id": $id, "name": "$name", "of": [1, 2], "cost": "\$5"}
right recv
left send [1, "two",
  {"three": 3}]
right recv
left send {} [] [[]]
right recv
print {"a": 1} and more
left send '{"id": 7}'
right expect {"id": 7}
