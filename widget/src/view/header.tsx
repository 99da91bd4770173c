/** Who answers, and whether the line is up. */

import { soon } from "../part";
import type { Widget } from "../widget";
import { Avatar } from "./avatar";
import { CloseIcon } from "./icons";
import type { Ui } from "./ui";

export function Header({ widget, t, titleId }: Ui & { titleId: string }) {
  const operator = widget.operator.value;
  const name = operator?.name ?? titleOf(widget) ?? t("dialog");
  const state = statusOf(widget);
  return (
    <div class="header">
      <Avatar widget={widget} id={operator?.id} name={name} automatic={!operator} />
      <div class="header-text">
        <h2 id={titleId} class="title" dir="auto">
          {name}
        </h2>
        <p class="status" data-testid="status" data-state={state}>
          <span class="dot" />
          {t(state)}
        </p>
      </div>
      {soon.show(({ More, Mute }) => (
        <>
          <More widget={widget} />
          <Mute widget={widget} />
        </>
      ))}
      <button
        type="button"
        class="icon-button"
        data-testid="close"
        aria-label={t("close")}
        onClick={() => widget.hide()}
      >
        <CloseIcon />
      </button>
    </div>
  );
}

function titleOf({ inbox }: Widget): string | undefined {
  return inbox.value?.appearance.title || inbox.value?.name;
}

function statusOf(widget: Widget): "ready" | "connecting" | "live" | "offline" | "away" {
  const connection = widget.connection.value;
  const trouble = widget.trouble.value;
  if (!widget.online.value || (trouble && trouble !== "pause")) return "offline";
  if (widget.absent || widget.conversation.current.value?.requested) return "away";
  if (connection === "polling") return "live";
  return connection === "stopped" ? "ready" : connection;
}
