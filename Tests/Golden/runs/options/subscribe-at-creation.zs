bind pub inproc://news as news
connect sub inproc://news as reader subscribe=weather subscribe="sport "
news wait subscribed weather
news wait subscribed "sport "
news send weather
reader recv
