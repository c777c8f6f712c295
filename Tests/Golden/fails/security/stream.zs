socket stream as s curve server
