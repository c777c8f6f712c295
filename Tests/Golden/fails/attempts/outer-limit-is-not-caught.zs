bind pull inproc://a as sink
within 30ms { try { sink recv } catch { print never } }
