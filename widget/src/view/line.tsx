/** One line of the thread: a bubble, its time and what became of it. */

import { autolink } from "@shared/autolink";
import { type Placed, placeLines } from "@shared/thread";
import { dayLabel, fullMoment, timeOfDay } from "@shared/time";
import { useMemo } from "preact/hooks";
import type { Entry } from "../outbox";
import type { Texts } from "../texts";
import type { Widget } from "../widget";
import { Avatar } from "./avatar";
import { AlertIcon, ClockIcon, TickIcon } from "./icons";
import { linesOf, type ThreadLine } from "./lines";
import type { Ui } from "./ui";

/** Drawn anew only when a line changes, not with each letter in the composer. */
export function Lines({ widget, t }: Ui) {
  const { earlier, messages } = widget.conversation;
  const parts = [earlier.value, messages.value, widget.outbox.entries.value];
  const views = useMemo(
    () =>
      placeLines(linesOf(widget)).map((placed) => (
        <LineView key={placed.line.key} placed={placed} widget={widget} t={t} />
      )),
    parts,
  );
  return <>{views}</>;
}

function LineView({ placed, widget, t }: Ui & { placed: Placed<ThreadLine> }) {
  const { line, day, first, last } = placed;
  const { language } = widget;
  return (
    <>
      {day && (
        <div class="day" data-testid="day">
          <span>{dayLabel(line.at, language, Date.now())}</span>
        </div>
      )}
      <div
        class={`line line-${line.direction}${first ? " line-first" : ""}${last ? " line-last" : ""}`}
        data-testid="message"
        data-seq={line.seq}
        data-state={line.state}
        data-direction={line.direction}
      >
        {line.direction === "out" && last && <Avatar name={line.name} small />}
        <div class="bubble" dir="auto" title={fullMoment(line.at, language)}>
          <span class="hidden">{line.direction === "in" ? t("you") : line.name}: </span>
          <Body text={line.body} />
        </div>
        <Meta line={line} last={last} widget={widget} t={t} />
      </div>
    </>
  );
}

/** Plain text with its web addresses; line breaks are kept by the stylesheet. */
function Body({ text }: { text: string }) {
  return (
    <>
      {autolink(text).map((piece, index) =>
        piece.href ? (
          <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow ugc">
            {piece.text}
          </a>
        ) : (
          piece.text
        ),
      )}
    </>
  );
}

function Meta({ line, last, widget, t }: Ui & { line: ThreadLine; last: boolean }) {
  if (line.entry?.failed) return <Failed entry={line.entry} widget={widget} t={t} />;
  if (line.direction === "system" || !(last || line.state === "pending")) return null;
  return (
    <p class="meta">
      {line.direction === "out" && <span dir="auto">{line.name} · </span>}
      <time dateTime={new Date(line.at).toISOString()}>{timeOfDay(line.at, widget.language)}</time>
      {line.direction === "in" && (
        <span class="tick" role="img" aria-label={t(line.state)}>
          {line.state === "pending" ? <ClockIcon /> : <TickIcon />}
        </span>
      )}
    </p>
  );
}

function Failed({ entry, widget, t }: { entry: Entry; widget: Widget; t: Texts }) {
  return (
    <div class="failed">
      <p>
        <AlertIcon /> {t("failed")}. {refusal(entry, t)}
      </p>
      <button
        type="button"
        data-testid="retry"
        onClick={() => widget.outbox.retry(entry.client_id)}
      >
        {t("retry")}
      </button>
      <button type="button" data-testid="discard" onClick={() => widget.discard(entry.client_id)}>
        {t("remove")}
      </button>
    </div>
  );
}

function refusal(entry: Entry, t: Texts): string {
  if (entry.refusal === "invalid") return t("refusedInvalid");
  if (entry.refusal === "too_large") return t("refusedTooLarge");
  if (entry.refusal === "forbidden") return t("refusedForbidden");
  return t("refused");
}
