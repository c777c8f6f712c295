plain client
