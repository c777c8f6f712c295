bind pub udp://127.0.0.1:5555 as news
