retry "three" print never
