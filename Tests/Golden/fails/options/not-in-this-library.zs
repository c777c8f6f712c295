# Of libzmq 4.3.5 with the draft API; no build that is tested has it.
# hide: libzmq \d+\.\d+\.\d+ => libzmq VERSION
socket req as one
get in_batch_size
