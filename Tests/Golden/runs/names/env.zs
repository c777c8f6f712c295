# env: GREETING='Hello World'
print $env.GREETING
