sh 'mkdir folder; echo "bind pub :0; send file:contents.txt" > folder/inner.zs; echo hello > contents.txt'
source folder/inner.zs
