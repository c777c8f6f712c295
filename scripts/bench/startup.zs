# startup.zs: nothing
