help xyzzy
