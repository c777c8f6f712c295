let order = json('{"id": 7}')
print $order[0]
