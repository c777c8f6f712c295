within 1m { print begun; let x = 1 / 0 }
