# libzmq would take an empty password for no mechanism at all.
# env: PASSWORD=
connect req 5546 as client plain client alice $env.PASSWORD
