let n = 0
retry $n print never
