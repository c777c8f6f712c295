bind rep [::1]:0 as server
