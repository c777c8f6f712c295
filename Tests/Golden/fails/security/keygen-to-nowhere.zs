keygen no/such/folder/mine.cert
