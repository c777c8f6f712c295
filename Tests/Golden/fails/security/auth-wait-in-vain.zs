# options: --timeout 50ms
auth deny 192.0.2.1
wait auth denied
