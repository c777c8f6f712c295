auth plain alice hunter2
