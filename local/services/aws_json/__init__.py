"""What the services that the emulator lacks have in common: AWS's JSON 1.1 protocol, and records on disk.

A request passes through `server` (HTTP), `signature` (who calls), `wire` (botocore's own service model), one
of the service's operations, and back. What is remembered lies in a `store` of records; `emulated_account` is
the emulator as a service sees it.
"""
