send Hello
