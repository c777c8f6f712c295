probe 5546 5547 as peer
