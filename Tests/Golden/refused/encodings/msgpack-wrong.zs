socket pair as left
left send msgpack:'{'
left send msgpack:x
