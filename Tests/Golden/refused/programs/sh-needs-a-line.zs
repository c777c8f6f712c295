sh
sh as x
sh echo x as 1st
sh echo x as y z
