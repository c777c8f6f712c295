wait auth refused
