# hide: [0-9a-zA-Z.:+=^!/*?&<>()\[\]{}@%$#-]{40} => KEY
keygen server.cert
sh 'chmod 644 server.cert_secret'
bind rep :0 as server curve server server.cert
