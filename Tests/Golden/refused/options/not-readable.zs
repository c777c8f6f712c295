socket sub as one
get subscribe
