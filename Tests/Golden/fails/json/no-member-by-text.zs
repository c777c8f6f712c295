let order = json('{"id": 7, "content-type": "text"}')
print $order["content_type"]
