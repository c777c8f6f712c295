let list = json('[1, 2]')
print $list.count
print $list.name
