# xfail: a `recv` that waits looks at no connection event, so that the reason is not known
connect req ./nobody.sock as client
client send Hello
within 50ms recv
