fails ENODEV bind rep tcp://no-such-interface:5546
print done
