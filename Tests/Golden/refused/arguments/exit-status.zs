exit 256
exit -1
exit x
