monitor xyzzy
