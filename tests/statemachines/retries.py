"""What every state of every machine tries again, and how often."""

from collections.abc import Mapping

OURS = {"Throttled": 5, "ServiceUnavailable": 5}
LAMBDAS = {
    "Lambda.TooManyRequestsException": 6,
    "Lambda.ServiceException": 6,
    "Lambda.AWSLambdaException": 6,
    "Lambda.SdkClientException": 6,
}
FUNCTIONS = OURS | LAMBDAS
CHILDREN = {
    "StepFunctions.ExecutionLimitExceededException": 5,
    "StepFunctions.SdkClientException": 5,
}
"""Further tries after the first, by the error that they follow."""

RETRIES: Mapping[str, Mapping[str, int]] = {
    "analysis.AnalyzeImage": CHILDREN,
    "analysis.AnalyzeVideo": CHILDREN,
    "analysis.RecordFailure": FUNCTIONS,
    "analysis-image.Probe": FUNCTIONS | {"MediaToolTimeout": 1},
    "analysis-image.Reserve": FUNCTIONS,
    "analysis-image.ExtractSegment": FUNCTIONS | {"MediaToolTimeout": 1},
    "analysis-image.StartModel": CHILDREN,
    "analysis-image.Detect": FUNCTIONS | {"ModelNotReady": 5},
    "analysis-image.ReleaseModel": FUNCTIONS,
    "analysis-image.Summarize": FUNCTIONS,
    "analysis-video.Probe": FUNCTIONS | {"MediaToolTimeout": 1},
    "analysis-video.ReserveExtraction": FUNCTIONS,
    "analysis-video.ReserveDetection": FUNCTIONS,
    "analysis-video.ExtractSegment": FUNCTIONS | {"MediaToolTimeout": 1},
    "analysis-video.StartModel": CHILDREN,
    "analysis-video.DetectBatch": FUNCTIONS | {"ModelNotReady": 5},
    "analysis-video.MakeSprites": FUNCTIONS,
    "analysis-video.ReleaseModel": FUNCTIONS,
    "analysis-video.Summarize": FUNCTIONS,
    "model-start.EnsureRunning": FUNCTIONS,
    "model-training.CreateVersion": FUNCTIONS,
    "model-training.CheckVersion": FUNCTIONS,
    "model-training.RegisterModel": FUNCTIONS,
    "training.ListBatch": FUNCTIONS,
    "training.LookAt": FUNCTIONS,
    "training.ExtractSegment": FUNCTIONS | {"MediaToolTimeout": 1},
    "training.PrepareDataset": FUNCTIONS,
    "training.RequestLabeling": FUNCTIONS,
    "training.CollectLabels": FUNCTIONS,
    "training.TrainModel": CHILDREN,
    "training.RecordFailure": FUNCTIONS,
}
CALLEES = {
    "AnalyzeImage": "analysis-image",
    "AnalyzeVideo": "analysis-video",
    "RecordFailure": "record_failure",
    "Probe": "probe_media",
    "ExtractSegment": "extract_frames",
    "Reserve": "reserve_budget",
    "ReserveExtraction": "reserve_budget",
    "ReserveDetection": "reserve_budget",
    "StartModel": "model-start",
    "EnsureRunning": "start_model",
    "Detect": "detect_brands",
    "DetectBatch": "detect_brands",
    "MakeSprites": "make_sprites",
    "ReleaseModel": "release_model",
    "Summarize": "summarize",
    "CreateVersion": "create_model_version",
    "CheckVersion": "check_model_version",
    "RegisterModel": "register_model",
    "ListBatch": "list_batch",
    "LookAt": "probe_media",
    "PrepareDataset": "prepare_dataset",
    "RequestLabeling": "request_labeling",
    "CollectLabels": "collect_annotations",
    "TrainModel": "model-training",
}
"""The function or machine that each state calls."""
