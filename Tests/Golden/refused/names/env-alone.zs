print $env
