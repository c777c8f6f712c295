source _deep_two.zs
