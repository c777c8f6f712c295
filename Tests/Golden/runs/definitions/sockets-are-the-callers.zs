bind pair inproc://a as left
connect pair inproc://a as right
def ask question answer {
  left send $question
  right expect $question
  right send $answer
  left expect $answer
}
ask Hello World
print $left.sent $right.sent
