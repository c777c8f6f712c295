hints maybe
