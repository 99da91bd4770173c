/** A part in its place, once it is here. */

import type { ComponentChildren } from "preact";
import type { Part } from "../part";
import { texts } from "../texts.soon";
import type { Widget } from "../widget";

interface Props<M> {
  part: Part<M>;
  widget: Widget;
  show(module: M): ComponentChildren;
}

export function Later<M>({ part, widget, show }: Props<M>) {
  const module = part.module.value;
  if (module) return <>{show(module)}</>;
  if (!part.failed.value) {
    part.want();
    return <div class="loading" />;
  }
  const t = texts(widget.language);
  return (
    <div class="notice" role="status" data-testid="part-failed">
      <p>{t("partFailed")}</p>
      <button type="button" onClick={part.want}>
        {t("retry")}
      </button>
    </div>
  );
}
