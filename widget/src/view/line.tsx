/** One line of the thread: a bubble, its time and what became of it. */

import { type Placed, placeLines } from "@shared/thread";
import { dayLabel, fullMoment, timeOfDay } from "@shared/time";
import { Component } from "preact";
import { files, soon } from "../part";
import type { Widget } from "../widget";
import { Avatar } from "./avatar";
import { ClockIcon, TickIcon } from "./icons";
import { linesOf, type ThreadLine } from "./lines";
import type { Ui } from "./ui";

interface LinesProps extends Ui {
  /** What the lines are made of; drawn anew only when one of these is another one. */
  parts: readonly unknown[];
}

export class Lines extends Component<LinesProps> {
  override shouldComponentUpdate({ parts }: LinesProps): boolean {
    return parts.some((part, index) => part !== this.props.parts[index]);
  }

  render({ widget, t }: LinesProps) {
    return placeLines(linesOf(widget)).map((placed) => (
      <LineView key={placed.line.key} placed={placed} widget={widget} t={t} />
    ));
  }
}

function LineView({ placed, widget, t }: Ui & { placed: Placed<ThreadLine> }) {
  const { line, day, first, last } = placed;
  const { language } = widget;
  return (
    <>
      {day && (
        <div class="day" data-testid="day">
          <span>{dayLabel(line.at, language, Date.now() + widget.ahead)}</span>
        </div>
      )}
      {line.seq && line.seq === widget.newFrom.value
        ? soon.show(({ NewFrom }) => <NewFrom widget={widget} />)
        : null}
      <div
        class={`line line-${line.direction}${first ? " line-first" : ""}${last ? " line-last" : ""}`}
        data-testid="message"
        data-seq={line.seq}
        data-state={line.state}
        data-read={line.read}
        data-direction={line.direction}
      >
        {line.direction === "out" && last && (
          <Avatar
            widget={widget}
            id={line.author.slice(4)}
            name={line.name}
            automatic={line.automatic}
            small
          />
        )}
        <div class="bubble" dir="auto" title={fullMoment(line.at, language)}>
          <span class="hidden">{line.direction === "in" ? t("you") : line.name}: </span>
          {line.attachments.length > 0 && <Files line={line} widget={widget} />}
          {soon.show(({ Markup }) => <Markup text={line.body} />) ?? line.body}
        </div>
        <Meta line={line} last={last} widget={widget} t={t} />
      </div>
    </>
  );
}

function Files({ line, widget }: { line: ThreadLine; widget: Widget }) {
  files.want();
  return files.show(({ Carried }) => (
    <Carried widget={widget} attachments={line.attachments} pending={line.seq === undefined} />
  ));
}

function Meta({ line, last, widget, t }: Ui & { line: ThreadLine; last: boolean }) {
  if (line.state === "failed") {
    return soon.show(({ Failed }) => line.entry && <Failed entry={line.entry} widget={widget} />);
  }
  if (line.direction === "system" || !(last || line.state === "pending")) return null;
  return (
    <p class="meta">
      {line.direction === "out" && <span dir="auto">{line.name}</span>}
      <time dateTime={new Date(line.at).toISOString()}>{timeOfDay(line.at, widget.language)}</time>
      {line.direction === "in" && (
        <span class="tick" role="img" aria-label={t(line.read ? "read" : line.state)}>
          {line.state === "pending" ? <ClockIcon /> : <TickIcon twice={line.read} />}
        </span>
      )}
    </p>
  );
}
