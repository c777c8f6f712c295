# What an XSUB subscribed to by a message is its subscription: `status` lists it, and `reset` asks for it again.
bind pub :0 as news
connect xsub $news.port as reader
reader send subscribe:weather
reader send subscribe:sport
reader send unsubscribe:sport
news wait subscribed weather
reader status | grep subscribed
reader reset
# Until the old subscription has gone, it cannot be told from the new one.
retry 50 {
  news send weather 21
  within 100ms reader expect weather 21
}
