auth allow localhost
