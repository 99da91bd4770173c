/** At the end of the thread: a request that waits, or that the conversation has ended, and what it was worth. */

import type { Widget } from "../widget";
import { RatingCard } from "./rating";
import { texts } from "./texts";

export function Tail({ widget }: { widget: Widget }) {
  const t = texts(widget.language);
  const known = widget.conversation.current.value;
  if (!known) return null;
  if (known.requested) {
    return (
      <p class="tail-note" role="status" data-testid="requested">
        {t("requested")}
      </p>
    );
  }
  if (known.status === "open") return null;
  return (
    <>
      <div class="tail-ended" data-testid="ended">
        <p>{t("ended")}</p>
        {!widget.absent && <p>{t("again")}</p>}
      </div>
      <RatingCard key={known.id} widget={widget} conversation={known} />
    </>
  );
}
