record
