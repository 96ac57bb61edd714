"""What one local cloud keeps from start to start: its ports and its root key."""

import secrets
import socket
from contextlib import closing

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from brandlens.errors import LocalCloudFailed
from local.files import write_whole
from local.home import Home

REGION = "eu-west-1"
ACCOUNT = "000000000000"
LOOPBACK = "127.0.0.1"


class Settings(BaseModel):
    """Ports on loopback, and the account's root key (the emulator takes any pair it was started with)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    emulator_port: int
    rekognition_port: int
    # Settings that were kept before these were there have no port for them.
    sagemaker_port: int = Field(default_factory=lambda: free_ports(1)[0])
    portal_port: int = Field(default_factory=lambda: free_ports(1)[0])
    root_key_id: str
    root_secret: str

    @property
    def endpoint(self) -> str:
        return f"http://{LOOPBACK}:{self.emulator_port}"

    @property
    def rekognition_endpoint(self) -> str:
        return f"http://{LOOPBACK}:{self.rekognition_port}"

    @property
    def sagemaker_endpoint(self) -> str:
        """Of the labeling service; the page where people label is at the same address."""
        return f"http://{LOOPBACK}:{self.sagemaker_port}"

    @property
    def portal_endpoint(self) -> str:
        return f"http://{LOOPBACK}:{self.portal_port}"

    @property
    def ports(self) -> tuple[int, ...]:
        """Of the children, in the order they start."""
        return self.emulator_port, self.rekognition_port, self.sagemaker_port, self.portal_port

    def on_free_ports(self) -> "Settings":
        """Return the same with ports that nobody listens on."""
        emulator_port, rekognition_port, sagemaker_port, portal_port = free_ports(4)
        return self.model_copy(
            update={
                "emulator_port": emulator_port,
                "rekognition_port": rekognition_port,
                "sagemaker_port": sagemaker_port,
                "portal_port": portal_port,
            }
        )


def load(home: Home) -> Settings | None:
    """Read the kept settings; None where nothing was ever started."""
    try:
        return Settings.model_validate_json(home.settings.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise LocalCloudFailed(
            f"{home.settings} cannot be read",
            f"{error.error_count()} of its values are wrong",
            "Run `brandlens local reset`",
        ) from error


def save(home: Home, settings: Settings) -> None:
    write_whole(home.settings, settings.model_dump_json(indent=1))


def fresh() -> Settings:
    """Make settings of free ports and a root key of this cloud's own."""
    emulator_port, rekognition_port, sagemaker_port, portal_port = free_ports(4)
    return Settings(
        emulator_port=emulator_port,
        rekognition_port=rekognition_port,
        sagemaker_port=sagemaker_port,
        portal_port=portal_port,
        root_key_id=f"AKIAROOT{secrets.token_hex(6).upper()}",
        root_secret=secrets.token_urlsafe(30),
    )


def free_ports(count: int) -> list[int]:
    """Find `count` different ports on loopback that nobody listens on at the moment."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind((LOOPBACK, 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def is_taken(port: int) -> bool:
    """Say whether anybody listens on the port."""
    with closing(socket.socket()) as one:
        return one.connect_ex((LOOPBACK, port)) == 0
