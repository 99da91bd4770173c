/** The round button that opens the dialog, with the count of what has not been read. */

import { BubbleIcon, DownIcon } from "./icons";
import type { Ui } from "./ui";

const BADGE_MAX = 99;

export function Launcher({ widget, t }: Ui) {
  const open = widget.open.value;
  const unread = open ? 0 : widget.conversation.unread;
  const label = open ? t("close") : unread ? t("openUnread", { count: unread }) : t("open");
  return (
    <button
      type="button"
      class={open ? "launcher launcher-open" : "launcher"}
      data-testid="launcher"
      aria-label={label}
      aria-haspopup="dialog"
      aria-expanded={open}
      onClick={() => (open ? widget.hide() : widget.show())}
    >
      <span class="launcher-icon">
        <BubbleIcon />
      </span>
      <span class="launcher-icon">
        <DownIcon />
      </span>
      {unread > 0 && (
        <span class="badge" data-testid="badge" aria-hidden="true">
          {unread > BADGE_MAX ? `${BADGE_MAX}+` : unread}
        </span>
      )}
    </button>
  );
}
