socket pair as left
left send random:x
left send random:-1
