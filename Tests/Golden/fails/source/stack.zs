source _deep_one.zs
