# hide: 127\.0\.0\.1:\d+ => ADDRESS
# hide: ; libzmq does not try again => 
bind pub :0 as news
connect req $news.port as client
within 1s wait connected
