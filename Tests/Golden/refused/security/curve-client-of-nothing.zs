connect req 5546 as client curve client as x
connect req 5546 as client curve client linger=0
