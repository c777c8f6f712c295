# hide: took [0-9.]+ (ms|s|us) => took TIME
time sleep 1ms
time { print one; print two }
time let x = 1 / 0
