unordered { }
