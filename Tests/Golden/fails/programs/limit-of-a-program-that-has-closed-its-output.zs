within 50ms sh 'exec >&-; sleep 60'
