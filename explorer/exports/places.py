"""Where an action happened, as shares of the picture that its step shows."""

from __future__ import annotations

from explorer.exports.actions import Action
from explorer.exports.session_rows import SessionRows, View
from explorer.exports.tally import Tally

Share = tuple[float, float]


def place_of(
    action: Action, view: View | None, session: SessionRows, tally: Tally
) -> tuple[Share | None, Share | None]:
    """Start and end of an action as shares (0 to 1) of the picture, or of the display where there is no picture.

    What has no place there is None; why is counted when the action needs a position.
    """
    row = action.row
    if row["x_px"] is None or row["y_px"] is None:
        tally.leave_out("position_unknown", int(action.is_pointing))
        return None, None
    points = [(row["x_px"], row["y_px"]), *([action.end_px] if action.end_px else [])]
    shares = [view.share_of(*xy) if view else session.share_of_display(row["t_us"], *xy) for xy in points]
    tally.leave_out("position_outside_picture", int(None in shares and action.is_pointing))
    return shares[0], shares[1] if len(shares) > 1 else None
