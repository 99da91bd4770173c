/** Says in words why things do not move, and what happens next. */

import type { Texts } from "../texts";
import type { Widget } from "../widget";
import { AlertIcon } from "./icons";
import type { Ui } from "./ui";

interface NoticeState {
  kind: "offline" | "server" | "pause" | "unavailable";
  text(t: Texts, seconds: number): string;
}

/** What to tell the visitor, or null while all is well. */
export function noticeOf(widget: Widget): NoticeState | null {
  const trouble = widget.trouble.value;
  if (trouble === "pause") {
    return { kind: "pause", text: (t, count) => t("noticeWait", { count }) };
  }
  if (trouble === "unavailable") {
    return { kind: "unavailable", text: (t) => t("noticeUnavailable") };
  }
  if (!widget.online.value) return { kind: "offline", text: (t) => t("noticeOffline") };
  if (trouble || widget.connection.value === "offline") {
    return { kind: "server", text: (t) => t("noticeServer") };
  }
  return null;
}

export function Notice({ widget, t }: Ui) {
  const notice = noticeOf(widget);
  if (!notice) return null;
  return (
    <div class="notice" data-testid="notice" data-kind={notice.kind}>
      <AlertIcon />
      <p>{notice.text(t, widget.pauseLeft.value)}</p>
      {notice.kind === "server" && (
        <button type="button" data-testid="try-now" onClick={() => widget.tryNow()}>
          {t("retry")}
        </button>
      )}
    </div>
  );
}
