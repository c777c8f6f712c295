print ${str(1) + str(2.5) + str([1, 2]) + str(1..3) + str(250ms) + str(true)}
