bind sub inproc://news as reader subscribe=''
connect pub inproc://news as news
news set conflate on
news reset
retry 500 every 10ms { news send hello; within 10ms reader recv }
news send first
news send last
reader expect last
