let n = 'many'
history $n
