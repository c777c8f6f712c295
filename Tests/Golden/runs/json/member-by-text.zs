let reply = json('{"content-type": "text/plain", "items": {"tea": 2.5, "earl grey": 4}}')
print $reply["content-type"]
let name = "earl grey"
for name in ["tea", "earl grey"] {
  if contains($reply.items, $name) { print "$name costs ${reply.items[name]}" }
}
