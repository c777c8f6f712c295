bind pair inproc://a as left
connect pair inproc://a as right
left send x
fails mismatch right expect re:'(?<port>\d+)'
print $port
