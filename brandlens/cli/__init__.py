"""The `brandlens` command: one file per command or group of commands, composed in `brandlens.cli.main`."""
