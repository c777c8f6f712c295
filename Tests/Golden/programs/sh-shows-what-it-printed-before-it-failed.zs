# xfail: what a failing `sh` printed, often the reason, is dropped
sh 'echo the reason; exit 4'
