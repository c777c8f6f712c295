print $env.NO_SUCH_NAME
