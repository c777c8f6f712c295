bind pair inproc://a as left
connect pair inproc://a as right
left send one
left send two
left send three
unordered {
  right expect three
  right expect _ as any
  right expect re:'t(?<rest>.*)'
}
print $any $rest
