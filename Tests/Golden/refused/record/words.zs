record one.zs --apend
record one.zs two.zs
