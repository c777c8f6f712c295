socket req plain_password=hunter2 as a
b set plain_password hunter2
