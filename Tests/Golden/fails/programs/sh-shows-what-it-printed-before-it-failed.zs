sh 'echo the reason; exit 4'
