"""What Lambda hands to a function beside its records."""

from chalice.local import LambdaContext

CONTEXT = LambdaContext("messenger", 256)

ON_SCHEDULE = {
    "version": "0",
    "account": "000000000000",
    "region": "eu-central-1",
    "detail": {},
    "detail-type": "Scheduled Event",
    "source": "aws.events",
    "time": "2100-03-01T09:00:00Z",
    "id": "scheduled",
    "resources": [],
}
