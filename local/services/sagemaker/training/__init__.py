"""SageMaker training jobs: `container` is the folder of a job's files, `run` the process of its program,
`jobs` moves each from state to state in a thread of its own."""
