let where = "localhost"
auth deny $where
