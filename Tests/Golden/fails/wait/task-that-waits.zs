# hide: has waited [0-9.]+ m?s => has waited TIME
task worker {
  bind rep inproc://worker as jobs
  jobs expect Hello
  jobs send World
  jobs expect "Hello again"
}
connect req inproc://worker as client
client send Hello
client expect World
within 100ms wait worker
