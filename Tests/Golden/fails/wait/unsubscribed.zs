bind pub inproc://news as news
connect sub inproc://news as one subscribe=weather
news wait subscribed weather
within 20ms news wait unsubscribed weather
