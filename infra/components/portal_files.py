"""The portal's files in its bucket."""

import hashlib
import json
import mimetypes
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import pulumi
import pulumi_aws as aws

from infra.components.portal_site import PortalSite, page_connections
from infra.naming import Place
from infra.portal_build import portal_files

FOREVER = "public, max-age=31536000, immutable"
"""Of files whose names hold a hash of their content."""

ALWAYS_ASKED_FOR = "no-cache"

TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html; charset=utf-8"}
"""Where Python's own table may say something else."""


class PortalFiles(pulumi.ComponentResource):
    """Uploads the built portal, each file anew when its content changes, and `config.json`, which tells it
    where its services are.

    index.html names in a policy of its own what its scripts may call. It comes last, so a page never asks
    for what is not there yet.
    """

    def __init__(
        self,
        place: Place,
        site: PortalSite,
        built: Path,
        config: Mapping[str, pulumi.Input[str]],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("brandlens:infra:PortalFiles", "portal-files", None, opts)
        files = {path.relative_to(built).as_posix(): path for path in portal_files(built)}
        index = files.pop("index.html")
        assets = [self._upload(site, key, path) for key, path in files.items()]
        config_text = pulumi.Output.all(version=version("brandlens"), **config).apply(
            lambda values: json.dumps(values, sort_keys=True)
        )
        assets.append(self._write(site, "config.json", "application/json", config_text, []))
        page = index.read_text("utf-8")
        policy = pulumi.Output.from_input(config["api_url"]).apply(lambda url: page_connections(place, url))
        self._write(
            site, "index.html", TYPES[".html"], policy.apply(lambda held: _held_to(page, held)), assets
        )
        self.register_outputs({})

    def _upload(self, site: PortalSite, key: str, path: Path) -> aws.s3.BucketObjectv2:
        return aws.s3.BucketObjectv2(
            f"portal/{key}",
            bucket=site.bucket.name,
            key=key,
            source=pulumi.FileAsset(str(path)),
            source_hash=hashlib.sha256(path.read_bytes()).hexdigest(),
            content_type=TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0],
            cache_control=FOREVER if key.startswith("assets/") else ALWAYS_ASKED_FOR,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _write(
        self,
        site: PortalSite,
        key: str,
        content_type: str,
        content: pulumi.Input[str],
        after: list[aws.s3.BucketObjectv2],
    ) -> aws.s3.BucketObjectv2:
        return aws.s3.BucketObjectv2(
            f"portal/{key}",
            bucket=site.bucket.name,
            key=key,
            content=content,
            content_type=content_type,
            cache_control=ALWAYS_ASKED_FOR,
            opts=pulumi.ResourceOptions(parent=self, depends_on=after),
        )


def _held_to(page: str, policy: str) -> str:
    """Put a policy at the page's beginning, before anything that it is to hold."""
    head = "<head>"
    if page.count(head) != 1:
        raise ValueError(f"index.html has no single {head} to put the policy into")
    return page.replace(head, f'{head}<meta http-equiv="Content-Security-Policy" content="{policy}" />')
