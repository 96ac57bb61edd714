"""What one local cloud keeps from start to start: its ports and its root key."""

import secrets
import socket
from contextlib import closing

from pydantic import BaseModel, ConfigDict, ValidationError

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
    root_key_id: str
    root_secret: str

    @property
    def endpoint(self) -> str:
        return f"http://{LOOPBACK}:{self.emulator_port}"

    @property
    def rekognition_endpoint(self) -> str:
        return f"http://{LOOPBACK}:{self.rekognition_port}"


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
    emulator_port, rekognition_port = free_ports(2)
    return Settings(
        emulator_port=emulator_port,
        rekognition_port=rekognition_port,
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
