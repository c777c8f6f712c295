let list = [1, 2, 3, 4]
fails value print $list[5..-1]
fails value print $list[-5..1]
print $list[2..7]
