bind push inproc://watched as out
watch out
