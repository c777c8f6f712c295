def next n { print ${n + 1} }
next 10
