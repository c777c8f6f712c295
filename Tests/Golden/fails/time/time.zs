# hide: took [0-9.]+ (ms|s|us) => took TIME
# hide: failed after [0-9.]+ (us|ms|s) => failed after TIME
time sleep 1ms
time { print one; print two }
time let x = 1 / 0
