"""What serves the portal as CloudFront does: by the distribution that the emulator keeps."""
