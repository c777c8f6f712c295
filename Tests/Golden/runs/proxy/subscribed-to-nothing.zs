# What would wait for ever is told, and nothing is where somebody subscribes.
bind xsub inproc://in as front
bind pub inproc://out as back
fails timeout within 10ms proxy front back
front subscribe news
fails timeout within 10ms proxy front back
bind sub inproc://a as reader
bind xpub inproc://b as writer
fails timeout within 10ms proxy writer reader
front unsubscribe news
fails timeout within 10ms proxy front writer
