fails EADDRINUSE { bind rep inproc://a as one; bind rep inproc://a as two }
use one
bind rep inproc://b as two
print $two.endpoint
