wait auth denied
