"""What other tools call the library's packages, where it is not what their authors call them."""
