socket pair as left
left send json:'{"a": }'
left send json:x
