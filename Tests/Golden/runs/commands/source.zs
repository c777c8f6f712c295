let greeting = "Hello"
source _included.zs
print $farewell $included.endpoint
