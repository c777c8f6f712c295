connect req 5546 plain client alice from
