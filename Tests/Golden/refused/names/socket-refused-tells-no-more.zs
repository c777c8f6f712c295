socket rep as req
req send Hello
