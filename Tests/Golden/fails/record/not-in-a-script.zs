record session.zs
