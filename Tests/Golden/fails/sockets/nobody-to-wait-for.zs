bind push inproc://a as out
within 30ms out send x
