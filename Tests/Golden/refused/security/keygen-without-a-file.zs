keygen --force
