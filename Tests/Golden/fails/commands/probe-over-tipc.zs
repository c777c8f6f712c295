probe tipc://{5560,0}
