bind rep :0 as one bindtodevice=nosuch
