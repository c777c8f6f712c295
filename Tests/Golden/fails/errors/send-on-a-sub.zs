bind sub inproc://news as news
news send Hello
