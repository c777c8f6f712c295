socket pair as left
left send base64:SGVsbG8*
left send base64:A
