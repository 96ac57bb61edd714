"""Run the emulator, MiniStack, with the bridges over its differences from AWS."""

from ministack.app import main

from local.emulator import bridges

if __name__ == "__main__":
    bridges.build()
    main()
