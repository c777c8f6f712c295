curve sever
