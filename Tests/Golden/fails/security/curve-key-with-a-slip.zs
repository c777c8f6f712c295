connect req 5546 curve client 'rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf'
