"""What functions are allowed, as the few rights that recur: each takes a place and returns statements."""

from infra.naming import Place
from infra.policies import Statement, allow, allow_anywhere

Statements = tuple[Statement, ...]


def read_objects(place: Place, bucket: str, keys: str = "*") -> Statements:
    """Read the objects whose keys match `keys`, as they are now, and tell a missing one from a forbidden one.

    S3 answers 403 for a missing object unless the caller may list the bucket.
    """
    arn = place.bucket_arn(bucket)
    return (allow("s3:GetObject", on=f"{arn}/{keys}"), allow("s3:ListBucket", on=arn))


def read_dropped(place: Place) -> Statements:
    """Read what was dropped, in the very version that the job is of, and tell a missing file, as above."""
    return (*read_versions(place), allow("s3:ListBucket", on=place.bucket_arn("media")))


def read_versions(place: Place) -> Statements:
    return (allow("s3:GetObjectVersion", on=f"{place.bucket_arn('media')}/inbox/*"),)


def list_versions(place: Place, bucket: str) -> Statements:
    return (allow("s3:ListBucketVersions", on=place.bucket_arn(bucket)),)


def write_objects(place: Place, bucket: str, keys: str = "*") -> Statements:
    return (allow("s3:PutObject", on=f"{place.bucket_arn(bucket)}/{keys}"),)


def delete_objects(place: Place, bucket: str) -> Statements:
    """Delete objects; finding those below a prefix is `read_objects`' affair."""
    return (allow("s3:DeleteObject", on=f"{place.bucket_arn(bucket)}/*"),)


def read_projects(place: Place) -> Statements:
    return (allow("dynamodb:GetItem", on=place.table_arn("projects")),)


def activate_models(place: Place) -> Statements:
    """Read a project's gate, and give the project its active model."""
    return (allow("dynamodb:GetItem", "dynamodb:UpdateItem", on=place.table_arn("projects")),)


def receive_jobs(place: Place) -> Statements:
    return (allow("dynamodb:PutItem", on=place.table_arn("jobs")), *read_jobs(place), *update_jobs(place))


def read_jobs(place: Place) -> Statements:
    return (allow("dynamodb:GetItem", on=place.table_arn("jobs")),)


def update_jobs(place: Place) -> Statements:
    return (allow("dynamodb:UpdateItem", on=place.table_arn("jobs")),)


def reserve_spending(place: Place) -> Statements:
    """Reserve what a job may spend, and settle what others spent that died without a word."""
    return (allow("dynamodb:ConditionCheckItem", on=place.table_arn("spending")), *settle_spending(place))


def settle_spending(place: Place) -> Statements:
    """Put what a job has spent in the place of what was reserved for it."""
    actions = ("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem")
    return (allow(*actions, on=place.table_arn("spending")),)


def list_spending(place: Place) -> Statements:
    return (allow("dynamodb:Query", on=place.table_arn("spending")),)


def take_leases(place: Place) -> Statements:
    """Take a lease, and give it back where its job turns out to have ended."""
    actions = ("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem")
    return (allow(*actions, on=place.table_arn("models")),)


def know_models(place: Place) -> Statements:
    """Look up one model: whose run it is, and how fast."""
    return (allow("dynamodb:GetItem", on=place.table_arn("models")),)


def renew_leases(place: Place) -> Statements:
    return (allow("dynamodb:UpdateItem", on=place.table_arn("models")),)


def release_leases(place: Place) -> Statements:
    """Release a job's lease, and count those that are left on its model."""
    actions = ("dynamodb:DeleteItem", "dynamodb:UpdateItem", "dynamodb:Query")
    return (allow(*actions, on=place.table_arn("models")),)


def find_models_of_jobs(place: Place) -> Statements:
    """Find the models that a job holds leases on, or began to train."""
    return (allow("dynamodb:Scan", on=place.table_arn("models")),)


def review_leases(place: Place) -> Statements:
    """List the models that were ever leased, count their leases, take on stopping one."""
    return (allow("dynamodb:Scan", "dynamodb:Query", "dynamodb:UpdateItem", on=place.table_arn("models")),)


def remember_versions(place: Place) -> Statements:
    """Remember what became of a model version; to look it up is `know_models`' affair."""
    return (allow("dynamodb:PutItem", on=place.table_arn("models")),)


def publish_events(place: Place) -> Statements:
    return (allow("events:PutEvents", on=place.arn("events", f"event-bus/{place.name('results')}")),)


def start_executions(place: Place, machine: str) -> Statements:
    return (allow("states:StartExecution", on=place.state_machine_arn(machine)),)


def describe_models(place: Place) -> Statements:
    return (
        allow("rekognition:DescribeProjectVersions", on=_models(place)),
        allow_anywhere("rekognition:DescribeProjects", because="the action has no resource types"),
    )


def train_models(place: Place) -> Statements:
    """Make a Rekognition project and train versions of it, from and to the media bucket.

    Rekognition reads manifests and pictures and writes its evaluation with the caller's rights, too.
    """
    training = f"{place.bucket_arn('media')}/*/training/*"
    return (
        allow_anywhere(
            "rekognition:CreateProject",
            because="the Service Authorization Reference gives it no resource, though AWS's examples do",
        ),
        allow("rekognition:CreateProjectVersion", on=_models(place)),
        *describe_models(place),
        allow("s3:GetBucketAcl", "s3:GetBucketLocation", on=place.bucket_arn("media")),
        allow("s3:GetObjectAcl", "s3:GetObjectTagging", "s3:PutObject", on=training),
    )


def train_embedded_models(place: Place) -> Statements:
    """Create training jobs under the role made for that."""
    return (
        allow("sagemaker:CreateTrainingJob", on=_training_jobs(place)),
        *describe_training_jobs(place),
        allow(
            "iam:PassRole",
            on=place.role_arn("training-jobs"),
            when={"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}},
        ),
    )


def describe_training_jobs(place: Place) -> Statements:
    return (allow("sagemaker:DescribeTrainingJob", on=_training_jobs(place)),)


def stop_training_jobs(place: Place) -> Statements:
    """Stop the trainings that a job began, and remember that they came to nothing."""
    return (
        allow("dynamodb:PutItem", on=place.table_arn("models")),
        allow("sagemaker:StopTrainingJob", on=_training_jobs(place)),
        *describe_training_jobs(place),
    )


def keep_models(place: Place) -> Statements:
    """Keep embedded models."""
    return (allow("s3:PutObject", on=f"{place.bucket_arn('results')}/_models/*"),)


def open_models(place: Place) -> Statements:
    """Read embedded models, and what is remembered of them."""
    return (
        allow("dynamodb:GetItem", on=place.table_arn("models")),
        *read_objects(place, "results", "_models/*"),
    )


def start_models(place: Place) -> Statements:
    return (allow("rekognition:StartProjectVersion", on=_models(place)), *describe_models(place))


def stop_models(place: Place) -> Statements:
    return (allow("rekognition:StopProjectVersion", on=_models(place)), *describe_models(place))


def ask_models(place: Place) -> Statements:
    return (allow("rekognition:DetectCustomLabels", on=_models(place)),)


def remember_waits(place: Place) -> Statements:
    """Remember who waits for people's labels; forgetting it is `end_waits`' affair."""
    return (allow("dynamodb:PutItem", on=place.table_arn("tasks")),)


def end_waits(place: Place) -> Statements:
    """Look who waits for a labeling job that has ended, tell the state that waits, and forget it."""
    return (
        allow("dynamodb:GetItem", "dynamodb:DeleteItem", on=place.table_arn("tasks")),
        allow("sagemaker:DescribeLabelingJob", on=_labeling_jobs(place)),
        allow("states:SendTaskSuccess", "states:SendTaskFailure", on=place.state_machine_arn("training")),
    )


def ask_people(place: Place) -> Statements:
    """Create labeling jobs under the role made for that, and write what they need."""
    return (
        allow("sagemaker:CreateLabelingJob", "sagemaker:AddTags", on=_labeling_jobs(place)),
        allow(
            "iam:PassRole",
            on=place.role_arn("labeling"),
            when={"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}},
        ),
        *write_objects(place, "media", "*/training/*/labeling/*"),
    )


def stop_labeling(place: Place) -> Statements:
    return (allow("sagemaker:StopLabelingJob", "sagemaker:DescribeLabelingJob", on=_labeling_jobs(place)),)


def upload_objects(place: Place) -> Statements:
    """Put files into the drop folder, in parts or whole; reading them is `read_objects`' affair."""
    actions = ("s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts")
    return (allow(*actions, on=f"{place.bucket_arn('media')}/inbox/*"),)


def manage_projects(place: Place) -> Statements:
    actions = (
        "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:Scan"
    )  # fmt: skip
    return (allow(*actions, on=place.table_arn("projects")),)


def list_jobs(place: Place) -> Statements:
    table = place.table_arn("jobs")
    return (allow("dynamodb:GetItem", on=table), allow("dynamodb:Query", on=f"{table}/index/*"))


def cancel_jobs(place: Place) -> Statements:
    executions = [place.executions_arn(machine) for machine in ("analysis", "training")]
    return (allow("states:StopExecution", on=executions),)


def run_models(place: Place) -> Statements:
    """Start and stop models under leases, and look up what is remembered of their versions."""
    actions = (
        "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem",
        "dynamodb:Query", "dynamodb:Scan",
    )  # fmt: skip
    return (
        allow(*actions, on=place.table_arn("models")),
        *start_models(place),
        allow("rekognition:StopProjectVersion", on=_models(place)),
    )


def know_spending(place: Place) -> Statements:
    table = place.table_arn("spending")
    return (allow("dynamodb:GetItem", "dynamodb:Query", on=table), _list_months(place))


def keep_marks(place: Place) -> Statements:
    actions = (
        "dynamodb:GetItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:Query"
    )  # fmt: skip
    return (allow(*actions, on=place.table_arn("marks")),)


def follow_labeling(place: Place) -> Statements:
    """Tell how far people are, and where they label."""
    return (
        allow("sagemaker:DescribeLabelingJob", on=_labeling_jobs(place)),
        *find_labeling_page(place),
    )


def find_labeling_page(place: Place) -> Statements:
    return (allow("sagemaker:DescribeWorkteam", on=place.arn("sagemaker", "workteam/private-crowd/*")),)


def tell_labelers(place: Place) -> Statements:
    """Say who is told by e-mail of what there is to label."""
    topic = place.arn("sns", place.name("labeling-notices"))
    return (
        allow("sns:Subscribe", "sns:ListSubscriptionsByTopic", on=topic),
        allow_anywhere("sns:Unsubscribe", because="the action has no resource types"),
    )


def manage_people(*pools: str) -> Statements:
    """Invite and remove the users of user pools, given by their ARNs, and put them into groups."""
    actions = (
        "cognito-idp:AdminAddUserToGroup",
        "cognito-idp:AdminCreateUser",
        "cognito-idp:AdminDeleteUser",
        "cognito-idp:AdminGetUser",
        "cognito-idp:AdminListGroupsForUser",
        "cognito-idp:AdminRemoveUserFromGroup",
        "cognito-idp:AdminUserGlobalSignOut",
        "cognito-idp:ListUsers",
        "cognito-idp:ListUsersInGroup",
    )
    return (allow(*actions, on=pools),)


def read_gauges(place: Place) -> Statements:
    """Find the oldest jobs and the models that projects use, and add up what is spent."""
    return (
        allow("dynamodb:Query", on=f"{place.table_arn('jobs')}/index/by_state"),
        allow("dynamodb:Scan", on=place.table_arn("projects")),
        allow("dynamodb:GetItem", on=place.table_arn("spending")),
        _list_months(place),
    )


def use_key(place: Place, key: str) -> Statements:
    """Read and write what S3 and DynamoDB encrypt with the KMS key; none where they use their own."""
    services = [f"{service}.{place.region}.amazonaws.com" for service in ("s3", "dynamodb")]
    when = {"StringEquals": {"kms:ViaService": services}}
    return (allow("kms:Decrypt", "kms:GenerateDataKey", on=key, when=when),) if key else ()


def schedule_stops(place: Place) -> Statements:
    """Schedule a call of the stop function, under the role made for that."""
    group = place.name("model-stops")
    return (
        allow(
            "scheduler:CreateSchedule",
            "scheduler:UpdateSchedule",
            on=place.arn("scheduler", f"schedule/{group}/*"),
        ),
        allow(
            "iam:PassRole",
            on=place.role_arn("model-stops"),
            when={"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}},
        ),
    )


def tell_of_sagemaker_jobs(place: Place, log_group: str) -> Statements:
    """Write the logs and metrics of SageMaker's jobs, as the roles that these work under have to."""
    return (
        allow(
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:DescribeLogStreams",
            "logs:PutLogEvents",
            on=place.log_group_arn(log_group),
        ),
        allow_anywhere("cloudwatch:PutMetricData", because="the action has no resource types"),
    )


def _list_months(place: Place) -> Statement:
    """Tell which projects anything was booked for in a month."""
    return allow("dynamodb:Query", on=f"{place.table_arn('spending')}/index/by_month")


def _training_jobs(place: Place) -> str:
    return place.arn("sagemaker", f"training-job/{place.prefix}*")


def _labeling_jobs(place: Place) -> str:
    return f"{place.labeling_job_arn_prefix}*"


def _models(place: Place) -> str:
    """The Custom Labels projects and versions of this stack: their names begin with its prefix."""
    return place.arn("rekognition", f"project/{place.prefix}*")
