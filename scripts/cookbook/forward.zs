# For brokers and proxies, which `source` this: hands over what waits at one socket to another, as soon as that one
# takes it. Called for both ways in a loop, it does what zmq_proxy does.

def forward from to {
  try {
    repeat 100 {
      within 2ms { $from wait readable; $to wait writable }
      $from recv as message
      # Should its last peer leave just now, the message waits for the next.
      within 1m $to send $message
    }
  } catch {
    assert $error.name == "timeout"
  }
}
