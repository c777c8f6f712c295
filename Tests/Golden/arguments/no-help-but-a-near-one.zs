help sned
