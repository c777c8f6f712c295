# What begins with another value than in libzmq is told, as long as it has it.
socket pull as sink
sink status
sink set maxmsgsize -1
sink set linger -1
sink status
