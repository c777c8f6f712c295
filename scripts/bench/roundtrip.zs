# roundtrip.zs ENDPOINT COUNT
connect req $1 as client
repeat int($2) { client send 0123456789; client recv as reply }
