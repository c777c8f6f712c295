socket rep as one
req
rep one send x
