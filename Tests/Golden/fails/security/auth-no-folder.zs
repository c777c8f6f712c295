auth curve none
