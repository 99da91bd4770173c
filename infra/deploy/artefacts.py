"""The stage's bucket of artefacts: whatever a release is made of, under the hash of its content."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from botocore.exceptions import ClientError

from infra.deploy.account import EDGE_REGION, Account
from infra.deploy.problem import Problem

_CURRENT = "releases/current"
_ABSENT = {"404", "NoSuchKey", "NoSuchBucket", "NotFound"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What ran, or runs: keys of the bucket, the parameters without the secret, and the release
    that it followed.
    """

    id: str
    template: str
    code: str
    front: str
    parameters: dict[str, str]
    before: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Artefacts:
    account: Account
    bucket: str

    @property
    def s3(self) -> Any:
        return self.account.client("s3")

    def ensure(self) -> None:
        """Creates the bucket, private, encrypted and versioned; harmless when repeated."""
        where = {"LocationConstraint": self.account.region}
        more = {} if self.account.region == EDGE_REGION else {"CreateBucketConfiguration": where}
        s3 = self.s3
        try:
            s3.create_bucket(Bucket=self.bucket, **more)
        except (s3.exceptions.BucketAlreadyOwnedByYou, s3.exceptions.BucketAlreadyExists):
            # Raises when it is somebody else's.
            s3.head_bucket(Bucket=self.bucket, ExpectedBucketOwner=self.account.id)
        s3.put_public_access_block(
            Bucket=self.bucket,
            PublicAccessBlockConfiguration={
                "BlockPublicAcls": True,
                "BlockPublicPolicy": True,
                "IgnorePublicAcls": True,
                "RestrictPublicBuckets": True,
            },
        )
        s3.put_bucket_versioning(Bucket=self.bucket, VersioningConfiguration={"Status": "Enabled"})

    def keep(self, folder: str, content: bytes, suffix: str) -> str:
        """Uploads the content unless it is there; its key."""
        key = f"{folder}/{hashlib.sha256(content).hexdigest()}{suffix}"
        if not self._has(key):
            self.s3.put_object(Bucket=self.bucket, Key=key, Body=content)
        return key

    def read(self, key: str) -> bytes:
        content: bytes = self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()
        return content

    def url(self, key: str) -> str:
        """Where CloudFormation finds the object."""
        return f"{self.s3.meta.endpoint_url}/{self.bucket}/{key}"

    def running(self) -> Release | None:
        """The release that runs; None before the first. Raises Problem when it is not kept."""
        return self.release(self.read(_CURRENT).decode()) if self._has(_CURRENT) else None

    def release(self, release_id: str) -> Release:
        """Raises Problem when it is not kept."""
        key = f"releases/{release_id}.json"
        if not self._has(key):
            raise Problem(f"The release {release_id} is not kept.")
        return Release(**json.loads(self.read(key)))

    def note(self, release: Release) -> None:
        """This release runs now."""
        body = json.dumps(asdict(release), indent=1).encode()
        self.s3.put_object(Bucket=self.bucket, Key=f"releases/{release.id}.json", Body=body)
        self.s3.put_object(Bucket=self.bucket, Key=_CURRENT, Body=release.id.encode())

    def _has(self, key: str) -> bool:
        try:
            self.s3.head_object(Bucket=self.bucket, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                return False
            raise
        return True
