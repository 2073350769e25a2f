"""What a user would pick instead, measured beside ours: run by `make peers`, which installs the others only for that."""
