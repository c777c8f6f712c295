socket req plain_password=hunter2
get plain_password
