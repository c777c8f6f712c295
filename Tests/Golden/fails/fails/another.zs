socket rep as server
fails EAGAIN send Hello
