"""brandlens finds your brands in images and video, in your own AWS account."""
