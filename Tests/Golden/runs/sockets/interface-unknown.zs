# xfail: libzmq 4.3.4 spoils errno where a monitor listens; its BIND_FAILED event has ENODEV
fails ENODEV bind rep tcp://no-such-interface:5546
print done
