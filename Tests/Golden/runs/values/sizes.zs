print ${64KiB} ${1MB} ${2GiB}
