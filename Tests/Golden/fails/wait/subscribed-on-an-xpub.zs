bind xpub inproc://a as news
wait subscribed
