let order = json('{"id": 7, "items": []}')
print $order.itms
