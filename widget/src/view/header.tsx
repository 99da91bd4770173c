/** Who answers, and whether the line is up. */

import { useEffect, useState } from "preact/hooks";
import { Avatar } from "./avatar";
import { CloseIcon } from "./icons";
import type { Ui } from "./ui";

/** A break shorter than this is nobody's business. */
const PATIENCE_MS = 1_500;

export function Header({ widget, t, titleId }: Ui & { titleId: string }) {
  const operator = widget.operator.value;
  const inbox = widget.inbox.value;
  const name = operator?.name ?? inbox?.name ?? t("dialog");
  return (
    <header class="header">
      <Avatar name={name} />
      <div class="header-text">
        <h2 id={titleId} class="title" dir="auto">
          {name}
        </h2>
        <Status widget={widget} t={t} />
      </div>
      <button
        type="button"
        class="icon-button"
        data-testid="close"
        aria-label={t("close")}
        onClick={() => widget.hide()}
      >
        <CloseIcon />
      </button>
    </header>
  );
}

type Shown = "ready" | "connecting" | "live" | "offline";

function Status({ widget, t }: Ui) {
  const now = stateOf(widget.connection.value, widget.online.value, widget.trouble.value !== null);
  const [shown, setShown] = useState<Shown>(now === "connecting" ? "ready" : now);

  useEffect(() => {
    const timer = setTimeout(() => setShown(now), now === "connecting" ? PATIENCE_MS : 0);
    return () => clearTimeout(timer);
  }, [now]);

  return (
    <p class="status" data-testid="status" data-state={shown}>
      <span class="dot" />
      {t(shown)}
    </p>
  );
}

function stateOf(connection: string, online: boolean, troubled: boolean): Shown {
  if (!online || connection === "offline") return "offline";
  if (connection === "live" || connection === "polling") return "live";
  if (connection === "connecting") return "connecting";
  return troubled ? "offline" : "ready";
}
