bind pair inproc://a as left
connect pair inproc://a as right
left send one
left send four
left send three
unordered {
  right expect three
  right expect two
  right expect one
}
