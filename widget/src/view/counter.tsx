/** Under a long text: how much more fits. */

import { texts } from "../texts.soon";
import type { Widget } from "../widget";

export function Counter({ left, widget }: { left: number; widget: Widget }) {
  const t = texts(widget.language);
  return (
    <p class={left < 0 ? "counter counter-over" : "counter"} data-testid="counter">
      {left < 0 ? t("tooLong", { count: -left }) : t("left", { count: left })}
    </p>
  );
}
