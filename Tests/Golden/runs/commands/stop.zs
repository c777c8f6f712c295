task one { bind pull inproc://one as sink; sink recv }
task two { loop { sleep 1m } }
stop one two
tasks
task one { print again }
wait one
