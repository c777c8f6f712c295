bind xpub :0 as news
news set xpub_welcome_msg first
connect sub $news.port as one subscribe=first
one recv
news recv
news set xpub_welcome_msg second
