within 50ms sh 'sleep 60'
