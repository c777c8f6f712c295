print ${int([1])}
