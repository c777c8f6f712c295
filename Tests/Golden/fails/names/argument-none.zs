print $1
