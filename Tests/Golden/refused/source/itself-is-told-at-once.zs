print once
source itself-is-told-at-once.zs
print done
