bind pair inproc://a as a
connect pair inproc://a as b
a send {"id": 7, "items": [{"name": "tea", "price": 2.5}, {"name": "cake"}], "ok": true, "n": [1], "p": 1, "q": 2, "r": 3}
fails mismatch b expect {"id": 8, "items": [{"name": "tea", "price": 3}, {"name": "pie"}], "ok": true, "n": [1, 2]}
a send head {"id": 7, "items": [{"name": "tea", "price": 2.5}, {"name": "cake"}], "ok": true, "n": [1], "p": 1, "q": 2, "r": 3}
b expect head {"id": 8, "items": [{"name": "tea", "price": 3}, {"name": "pie"}], "ok": true, "n": [1, 2], "p": 2, "q": 3, "r": 4}
