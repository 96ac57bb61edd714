"""The portal's files in its bucket."""

import hashlib
import json
import mimetypes
from collections.abc import Mapping
from pathlib import Path

import pulumi
import pulumi_aws as aws

from infra.components.portal_site import PortalSite
from infra.portal_build import portal_files

FOREVER = "public, max-age=31536000, immutable"
"""Of files whose names hold a hash of their content."""

ALWAYS_ASKED_FOR = "no-cache"

TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html; charset=utf-8"}
"""Where Python's own table may say something else."""


class PortalFiles(pulumi.ComponentResource):
    """Uploads the built portal, each file anew when its content changes, and `config.json`, which tells it
    where its services are.

    index.html comes last, so a page never asks for what is not there yet.
    """

    def __init__(
        self,
        site: PortalSite,
        built: Path,
        config: Mapping[str, pulumi.Input[str | None]],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("brandlens:infra:PortalFiles", "portal-files", None, opts)
        files = {path.relative_to(built).as_posix(): path for path in portal_files(built)}
        index = files.pop("index.html")
        assets = [self._upload(site, key, path, []) for key, path in files.items()]
        assets.append(
            aws.s3.BucketObjectv2(
                "portal/config.json",
                bucket=site.bucket.name,
                key="config.json",
                content=pulumi.Output.all(**config).apply(lambda values: json.dumps(values, sort_keys=True)),
                content_type="application/json",
                cache_control=ALWAYS_ASKED_FOR,
                opts=pulumi.ResourceOptions(parent=self),
            )
        )
        self._upload(site, "index.html", index, assets)
        self.register_outputs({})

    def _upload(
        self, site: PortalSite, key: str, path: Path, after: list[aws.s3.BucketObjectv2]
    ) -> aws.s3.BucketObjectv2:
        return aws.s3.BucketObjectv2(
            f"portal/{key}",
            bucket=site.bucket.name,
            key=key,
            source=pulumi.FileAsset(str(path)),
            source_hash=hashlib.sha256(path.read_bytes()).hexdigest(),
            content_type=TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0],
            cache_control=FOREVER if key.startswith("assets/") else ALWAYS_ASKED_FOR,
            opts=pulumi.ResourceOptions(parent=self, depends_on=after),
        )
