task slow { sleep 1m }
within 20ms wait slow
