connect req 5546 plain_password=hunter2 lingr=1
