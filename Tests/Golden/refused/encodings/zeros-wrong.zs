socket pair as left
left send zeros:x
left send zeros:99999GiB
