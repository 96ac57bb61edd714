"""What `brandlens demo` works on: invented brands put into real footage, so that the truth is known."""
