# options: --timeout 200ms
bind pub inproc://news as news
connect sub inproc://news as one subscribe=''
news wait subscribed '' 2
