"my command" x
