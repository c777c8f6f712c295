bind push inproc://a as out
within 20ms wait writable
