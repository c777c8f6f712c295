print x |
