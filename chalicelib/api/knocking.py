"""What a visitor's call shows of who may be a machine: its address, and the answer to a
challenge.
"""

from secrets import token_hex

from chalicelib.actions.limits import Knock
from chalicelib.api.endpoint import Call
from chalicelib.domain.captcha import Solution
from chalicelib.wire_guard import Captcha


def knock(call: Call, given: Captcha | None) -> Knock:
    solution = Solution(token=given.token, answer=given.answer) if given else None
    return Knock(address=call.address, chance=token_hex(16), solution=solution)
