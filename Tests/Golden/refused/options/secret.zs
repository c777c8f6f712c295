socket req as one
get curve_secretkey
get plain_password
