socket req as one
one set metadata "no colon"
