"""Amazon SageMaker on loopback: work teams, labeling jobs with a page where people label, and training jobs.

The API and the page share a port. `keeper` moves labeling jobs from state to state: it reads the input
manifest when a job begins, and writes the output manifest and sends the state-change event when it ends.
What is remembered lies in `store`, what people see in `page`; `training` runs training jobs.

It differs from AWS in this:

- IAM policies are not evaluated. A caller must bear a fresh SigV4 header and an access key the emulator
  knows, but the signature itself cannot be recomputed without the emulator's secrets. Objects are read and
  written with the service's own credentials, not with those of the job's role.
- One answer is asked for each object, however many workers a job wants, so confidences are 0: there is no
  agreement to measure. Only the output manifest and, for video frames, the label files are written.
- The page is the service's own: of a worker template it shows the instructions.
- No task is timed, and answers can be changed until the whole job is handed in.
- A training job's image is not run, but its ContainerEntrypoint, from this checkout and as a process: with
  SAGEMAKER_BASE_DIR for /opt/ml, hyperparameters.json as its one file of configuration, no credentials, and
  the network. Checkpoints stay in the job's folder. Data come as S3Prefix in File mode.
- The event's source is a setting, as the emulator refuses sources that begin with ``aws.``.
"""
