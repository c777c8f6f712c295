socket pair as left
left send {"a": 1
