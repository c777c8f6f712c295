let reply = json('{"v": [1, 2, {"a": 1.0, "b": null}], "w": []}')
assert $reply.v == json('[1, 2, {"b": null, "a": 1}]')
assert $reply.v != json('[1, 2, {"b": null}]')
assert $reply.v[2] != json('{"a": 1, "b": null, "c": 0}')
assert $reply.v[0..1] == [1, 2]
assert $reply.w == [] && [] == $reply.w
assert $reply.v != [1]
assert json('[1, 2, 3]') == 1..3
assert $reply.v[2].b == json('null')
print equal
