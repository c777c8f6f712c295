connect req 5546 curve client none.cert
