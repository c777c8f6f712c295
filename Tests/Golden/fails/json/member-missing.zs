let order = json('{"id": 7, "items": []}')
fails value print $order.items[0]
fails value print $order.itms
print $order.xyzzy
