socket pair as left
left send hex:0
left send hex:0g
