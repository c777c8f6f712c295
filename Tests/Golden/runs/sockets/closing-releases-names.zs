bind rep inproc://a
bind rep inproc://b
close rep1
bind rep inproc://c
print $rep1.endpoint $rep2.endpoint
