let order = json('{"id": 7, "items": [{"name": "tea", "price": 2.5}, {"name": "cake", "price": 4}], "ok": true, "no": null}')
print $order.id $order.items[1].name ${order.items[0].price * 2} ${len(order.items)} ${len(order)}
print $order.items.count $order.ok "$order.items"
for item in $order.items { print "$item.name costs $item.price" }
if $order.ok { print fine }
print ${json('[1, [2, 3]]')[1][-1]} ${json('"text"') + "!"} ${json(' 42 ') + 1}
print $order.no
print "$order"
