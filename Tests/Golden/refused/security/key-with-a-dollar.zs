# A key has the characters of Z85, of which the dollar sign is one.
connect req 5546 curve client .5NS9q%2tfK8d$p^^*Grj*J/pwgzY05AqO<jV0MM
