print before
source _unchecked.zs
