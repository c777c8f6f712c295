source _third.zs
