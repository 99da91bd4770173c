/** Says in words why things do not move, and what happens next. */

import { useEffect, useState } from "preact/hooks";
import type { Texts } from "../texts";
import type { Widget } from "../widget";
import { AlertIcon } from "./icons";
import type { Ui } from "./ui";

interface NoticeState {
  kind: "offline" | "server" | "pause" | "unavailable";
  text(t: Texts): string;
}

/** What to tell the visitor, or null while all is well. */
export function noticeOf(widget: Widget): NoticeState | null {
  const trouble = widget.trouble.value;
  if (trouble?.kind === "pause") {
    const count = Math.max(1, Math.ceil((trouble.until - Date.now()) / 1000));
    return { kind: "pause", text: (t) => t("noticeWait", { count }) };
  }
  if (trouble?.kind === "unavailable") {
    return { kind: "unavailable", text: (t) => t("noticeUnavailable") };
  }
  if (!widget.online.value) return { kind: "offline", text: (t) => t("noticeOffline") };
  if (trouble || widget.connection.value === "offline") {
    return { kind: "server", text: (t) => t("noticeServer") };
  }
  return null;
}

export function Notice({ widget, t }: Ui) {
  const [, tick] = useState(0);
  const notice = noticeOf(widget);
  const counting = notice?.kind === "pause";

  useEffect(() => {
    if (!counting) return;
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, [counting]);

  if (!notice) return null;
  return (
    <div class="notice" data-testid="notice" data-kind={notice.kind}>
      <AlertIcon />
      <p>{notice.text(t)}</p>
      {notice.kind === "server" && (
        <button type="button" data-testid="try-now" onClick={() => widget.tryNow()}>
          {t("tryNow")}
        </button>
      )}
    </div>
  );
}
