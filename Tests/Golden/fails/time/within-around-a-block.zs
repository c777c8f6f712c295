within 20ms {
  sleep 5ms
  sleep 1m
}
