# hide: took \d+ ms => took TIME
let n = 0
retry 3 every 20ms { let n = $n + 1; let x = 1 / 0 }
