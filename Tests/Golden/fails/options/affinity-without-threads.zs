bind rep :0 as one affinity=4
