"""`python3 tests/Aws/Emulator/plain.py -H 127.0.0.1 -p 0`: moto's own server with its own arguments, for tests of stores, which have many writers."""

from moto.server import main

import serial_writes

if __name__ == "__main__":
    serial_writes.apply()
    main()
