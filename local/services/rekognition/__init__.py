"""Amazon Rekognition Custom Labels on loopback: the AWS wire protocol, states, limits and errors, with models
that are trained and asked for real by the embedded detector.

A request passes through `server` (HTTP), `signature` (who calls), `wire` (botocore's service model), one of
the functions in `operations`, and back. What is remembered lies in `store`; `trainings` runs each training in
a process of its own.

It differs from AWS in this:

- IAM policies are not evaluated. A caller must bear a fresh SigV4 header and an access key the emulator
  knows, but the signature itself cannot be recomputed without the emulator's secrets. Objects are read with
  the service's own credentials, not the caller's.
- A model never scales beyond its minimum inference units.
- Pictures without boxes teach the model what to leave alone, where AWS ignores them.
- Datasets are made and changed at once, and a project is deleted at once.
"""
