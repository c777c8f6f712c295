bind pub inproc://a as news
within 20ms wait subscribed "weather "
