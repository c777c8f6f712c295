source no-such-file.zs
