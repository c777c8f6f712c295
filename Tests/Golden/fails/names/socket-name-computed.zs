let n = 7
socket pull as "sink$n"
sink7 bind inproc://a
"sink$n" bind inproc://b
let name = "sink7"
print $sink7.endpoint
within 20ms $name recv
