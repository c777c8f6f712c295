within 300ms repeat 100000 print xxxxxxxxxxxxxxxxxxxx | sleep 60
