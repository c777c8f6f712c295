bind pair inproc://a as a
connect pair inproc://a as b
a send head "${join(split("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p", ","), " and then after that ")} end"
b expect head "${join(split("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,P", ","), " and then after that ")} end"
