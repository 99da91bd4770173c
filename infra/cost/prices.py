"""AWS's list prices, in dollars, of 2026-11-22 for us-east-1 (N. Virginia); no free tier, no tier
beyond the first. Other regions are 0 to 25 % dearer.

Those of API Gateway, SQS, KMS, WAF and of transfer were compared that day with what others quote of
the list this year (amnic.com, cloudburn.io, wring.co, c3x.dev, usage.ai): the same. X-Ray's and
S3's were not found quoted; S3's are not used yet.
"""

from dataclasses import dataclass
from datetime import date

DATE = date(2026, 11, 22)
REGION = "us-east-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """Dollars for `per` of a unit."""

    unit: str
    dollars: float
    per: float
    source: str

    @property
    def each(self) -> float:
        return self.dollars / self.per


M = 1_000_000
_GATEWAY = "https://aws.amazon.com/api-gateway/pricing/"
_LAMBDA = "https://aws.amazon.com/lambda/pricing/"
_DYNAMODB = "https://aws.amazon.com/dynamodb/pricing/on-demand/"
_CLOUDFRONT = "https://aws.amazon.com/cloudfront/pricing/"
_CLOUDWATCH = "https://aws.amazon.com/cloudwatch/pricing/"
_SQS = "https://aws.amazon.com/sqs/pricing/"
_S3 = "https://aws.amazon.com/s3/pricing/"
_XRAY = "https://aws.amazon.com/xray/pricing/"
_KMS = "https://aws.amazon.com/kms/pricing/"
_WAF = "https://aws.amazon.com/waf/pricing/"
_EC2 = "https://aws.amazon.com/ec2/pricing/on-demand/"
_EVENTS = "https://aws.amazon.com/eventbridge/pricing/"

PRICES = {
    "rest_requests": Price(unit="REST request", dollars=3.50, per=M, source=_GATEWAY),
    "frames": Price(unit="socket message of up to 32 KB", dollars=1.00, per=M, source=_GATEWAY),
    "socket_minutes": Price(unit="connection minute", dollars=0.25, per=M, source=_GATEWAY),
    "invocations": Price(unit="Lambda request", dollars=0.20, per=M, source=_LAMBDA),
    "gb_seconds": Price(unit="GB-second, arm64", dollars=13.3334, per=M, source=_LAMBDA),
    "write_units": Price(unit="write request unit", dollars=0.625, per=M, source=_DYNAMODB),
    "read_units": Price(unit="read request unit", dollars=0.125, per=M, source=_DYNAMODB),
    "stream_reads": Price(unit="stream read by Lambda", dollars=0, per=M, source=_DYNAMODB),
    "table_gb_months": Price(unit="GB-month in the table", dollars=0.25, per=1, source=_DYNAMODB),
    "edge_requests": Price(unit="HTTPS request, edge", dollars=1.00, per=M, source=_CLOUDFRONT),
    "edge_functions": Price(unit="function run, edge", dollars=0.10, per=M, source=_CLOUDFRONT),
    "edge_gb": Price(unit="GB from the edge", dollars=0.085, per=1, source=_CLOUDFRONT),
    "gateway_gb": Price(unit="GB out of the gateways", dollars=0.09, per=1, source=_EC2),
    "queue_requests": Price(unit="SQS request", dollars=0.40, per=M, source=_SQS),
    "schedule_runs": Price(unit="run of a scheduled rule", dollars=0, per=M, source=_EVENTS),
    "log_gb": Price(unit="GB of logs taken in", dollars=0.50, per=1, source=_CLOUDWATCH),
    "traces": Price(unit="trace recorded", dollars=5.00, per=M, source=_XRAY),
    "decryptions": Price(unit="secret decrypted", dollars=3.00, per=M, source=_KMS),
    "bucket_reads": Price(unit="S3 GET", dollars=0.40, per=M, source=_S3),
    "bucket_writes": Price(unit="S3 PUT", dollars=5.00, per=M, source=_S3),
    "backup_gb_months": Price(
        unit="GB-month of point-in-time recovery", dollars=0.20, per=1, source=_DYNAMODB
    ),
    "alarm_metrics": Price(unit="metric of an alarm", dollars=0.10, per=1, source=_CLOUDWATCH),
    "custom_metrics": Price(unit="custom metric", dollars=0.30, per=1, source=_CLOUDWATCH),
    "dashboards": Price(unit="dashboard", dollars=3.00, per=1, source=_CLOUDWATCH),
    "web_acls": Price(unit="WAF: list", dollars=5.00, per=1, source=_WAF),
    "waf_rules": Price(unit="WAF: rule", dollars=1.00, per=1, source=_WAF),
    "waf_requests": Price(unit="WAF: request", dollars=0.60, per=M, source=_WAF),
}
