/** Ways along the thread: to what was written before, and back to the newest. */

import { texts } from "../texts.soon";
import type { Widget } from "../widget";
import { ArrowDownIcon } from "./icons";

export function Older({ widget }: { widget: Widget }) {
  return (
    <button
      type="button"
      class="older"
      data-testid="older"
      aria-busy={widget.loadingOlder.value}
      onClick={() => widget.loadOlder()}
    >
      {texts(widget.language)("older")}
    </button>
  );
}

interface JumpProps {
  widget: Widget;
  /** How many came while the visitor was reading further up. */
  count: number;
  onJump(): void;
}

export function Jump({ widget, count, onJump }: JumpProps) {
  const t = texts(widget.language);
  return (
    <button
      type="button"
      class={count ? "jump jump-new" : "jump"}
      data-testid="jump"
      aria-label={count ? undefined : t("toBottom")}
      onClick={onJump}
    >
      {count > 0 && t("newBelow", { count })}
      <ArrowDownIcon />
    </button>
  );
}
