alias g = 'print'
source _alias_def.zs
