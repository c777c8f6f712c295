connect req 5546 curve client _short.cert
