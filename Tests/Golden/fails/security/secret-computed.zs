# What is as long as a key is not quoted, wherever it comes from.
keygen as keys
socket req as client
try { set linger $keys[1] } catch { print $error.message }
set curve_server $keys[1]
