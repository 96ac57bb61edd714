"""The names and ARNs of everything one stack owns, worked out before anything is made.

ARNs follow the formats of the Service Authorization Reference
(https://docs.aws.amazon.com/service-authorization/latest/reference/). Policies are built from them, so a
preview shows every policy in full, and a policy may name what is made after it.
"""

from dataclasses import dataclass


def kebab(name: str) -> str:
    """`probe_media` becomes `probe-media`, as resources are named."""
    return name.replace("_", "-")


def pascal(name: str) -> str:
    """`probe_media` and `probe-media` become `ProbeMedia`, as markers are named."""
    return "".join(word.capitalize() for word in kebab(name).split("-"))


@dataclass(frozen=True)
class Place:
    """One stack in one region of one account. `partition` is `aws`, `aws-cn` or `aws-us-gov`."""

    project: str
    stack: str
    partition: str
    region: str
    account: str

    @property
    def prefix(self) -> str:
        """What begins the name of everything this stack owns, and of nothing else."""
        return f"{self.project}-{self.stack}-"

    @property
    def metrics_namespace(self) -> str:
        """Where this stack's own metrics are, and no other's."""
        return f"{self.project}-{self.stack}"

    def name(self, thing: str) -> str:
        return self.prefix + kebab(thing)

    def bucket(self, thing: str) -> str:
        """Bucket names are shared by all accounts of a partition, so they end with the account's number."""
        return f"{self.name(thing)}-{self.account}"

    def arn(self, service: str, resource: str) -> str:
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{resource}"

    def bucket_arn(self, thing: str) -> str:
        return f"arn:{self.partition}:s3:::{self.bucket(thing)}"

    def role_arn(self, thing: str) -> str:
        return f"arn:{self.partition}:iam::{self.account}:role/{self.name(thing)}"

    def table_arn(self, thing: str) -> str:
        return self.arn("dynamodb", f"table/{self.name(thing)}")

    def function_arn(self, function: str) -> str:
        return self.arn("lambda", f"function:{self.name(function)}")

    def state_machine_arn(self, machine: str) -> str:
        return self.arn("states", f"stateMachine:{self.name(machine)}")

    def executions_arn(self, machine: str) -> str:
        """Every execution of the machine."""
        return self.arn("states", f"execution:{self.name(machine)}:*")

    def log_group_arn(self, log_group: str) -> str:
        """The log group's streams, which is what writers need."""
        return self.arn("logs", f"log-group:{log_group}:*")

    def alarm_arn(self, alarm: str) -> str:
        return self.arn("cloudwatch", f"alarm:{self.name(alarm)}")

    def function_log_group(self, function: str) -> str:
        return f"/aws/lambda/{self.name(function)}"

    def state_machine_log_group(self, machine: str) -> str:
        """Beginning so, it needs no line of its own in the account's log policy, whose size is bounded."""
        return f"/aws/vendedlogs/states/{self.name(machine)}"

    @property
    def labeling_job_arn_prefix(self) -> str:
        """What begins the ARN of every labeling job that this stack asks for, and of no other."""
        return self.arn("sagemaker", f"labeling-job/{self.prefix}")

    def work_team_arn(self, existing: str) -> str:
        """The private work team that is there already, or, without a name, the stack's own."""
        return self.arn("sagemaker", f"workteam/private-crowd/{existing or self.name('labelers')}")

    def user_pool_arn(self, pool_id: str) -> str:
        return self.arn("cognito-idp", f"userpool/{pool_id}")

    @property
    def events_log_group(self) -> str:
        return f"/aws/events/{self.name('results')}"
