/** One message. */

import { timeOfDay } from "@shared/time";
import { memo } from "react";
import { Carried } from "../files/Carried";
import { useLanguage, useText } from "../i18n/language";
import { Words } from "../parts/Words";
import css from "./Bubble.module.css";
import type { Line } from "./lines";
import { NotSent } from "./NotSent";
import { Tick } from "./Tick";

interface Props {
  conversationId: string;
  line: Line;
  first: boolean;
  last: boolean;
  name: string;
  /** The visitor has read it. */
  read: boolean;
  mine: boolean;
}

export const Bubble = memo(
  function Bubble({ conversationId, line, first, last, name, read, mine }: Props) {
    const language = useLanguage((state) => state.language);
    const t = useText();
    const { direction, body, at, state, seq, outgoing } = line;
    return (
      <div
        className={css.line}
        data-first={first || undefined}
        data-last={last || undefined}
        data-testid="message"
        data-seq={seq ?? undefined}
        data-state={state}
        data-read={(direction === "out" && read) || undefined}
        data-direction={direction}
      >
        {first && direction !== "system" && !mine && <span className={css.name}>{name}</span>}
        <div className={css.bubble} dir="auto">
          {line.attachments.length > 0 && (
            <Carried
              conversationId={conversationId}
              attachments={line.attachments}
              pending={seq === null}
            />
          )}
          <Words body={body} />
          <span className={css.meta}>
            {line.automatic && <span data-testid="automatic">{t("thread.automatic")}</span>}
            <time dateTime={new Date(at).toISOString()}>{timeOfDay(at, language)}</time>
            {direction === "out" && <Tick state={read ? "read" : state} />}
          </span>
        </div>
        {outgoing?.failed && <NotSent conversationId={conversationId} entry={outgoing} />}
      </div>
    );
  },
  (before, after) =>
    before.line.key === after.line.key &&
    before.line.state === after.line.state &&
    before.line.seq === after.line.seq &&
    before.first === after.first &&
    before.last === after.last &&
    before.name === after.name &&
    before.read === after.read,
);
