print before
source _broken.zs
