/** The messages: history above, the newest below, what is unread marked. */

import { dayLabel } from "@shared/time";
import { Fragment, useMemo } from "react";
import { useConversations } from "../conversations/store";
import { useLanguage, useText } from "../i18n/language";
import { useNow } from "../i18n/now";
import { contactName } from "../parts/person";
import { useOperator } from "../session/store";
import { useOutbox } from "../threads/outbox";
import type { Thread } from "../threads/store";
import { Bubble } from "./Bubble";
import { Happened } from "./Happened";
import { happened } from "./happened";
import { Jump } from "./Jump";
import { linesOf } from "./lines";
import css from "./Messages.module.css";
import { Older } from "./Older";
import { useThreadScroll } from "./useThreadScroll";

interface Props {
  id: string;
  thread: Thread;
}

export function Messages({ id, thread }: Props) {
  const t = useText();
  const language = useLanguage((state) => state.language);
  const now = useNow();
  const me = useOperator();
  const outbox = useOutbox((state) => state.byId[id]);
  const visitor = useConversations((state) => state.byId.get(id)?.contact);
  const visitorRead = useConversations((state) => state.byId.get(id)?.visitor_read ?? 0);
  const lines = useMemo(
    () => linesOf(thread.messages, outbox ?? [], me),
    [thread.messages, outbox, me],
  );
  const events = useMemo(
    () =>
      happened(
        thread.history,
        lines.map(({ line }) => line),
        thread.base === 0,
      ),
    [thread.history, thread.base, lines],
  );
  const scroll = useThreadScroll(id, thread, lines);
  const visitorName = visitor ? contactName(visitor, t) : "";
  return (
    <div className={css.place}>
      <div
        ref={scroll.scroller}
        className={css.scroller}
        onScroll={scroll.onScroll}
        role="log"
        aria-live="off"
        aria-label={t("thread.label")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
      >
        <div ref={scroll.content} className={css.content}>
          <Older state={scroll.older} atStart={thread.base === 0} onRetry={scroll.loadOlder} />
          {lines.map(({ line, day, first, last }, index) => (
            <Fragment key={line.key}>
              <Happened events={events[index]} />
              {day && (
                <div className={css.day}>
                  <span>{dayLabel(line.at, language, now)}</span>
                </div>
              )}
              {line.seq !== null && line.seq === thread.unreadFrom && (
                <div className={css.unread} data-testid="unread-divider">
                  {t("thread.unread")}
                </div>
              )}
              <Bubble
                conversationId={id}
                line={line}
                first={first}
                last={last}
                name={line.direction === "in" ? line.name || visitorName : line.name}
                read={line.seq !== null && line.seq <= visitorRead}
                mine={line.authorId === me.id}
              />
            </Fragment>
          ))}
          <Happened events={events[lines.length]} />
        </div>
      </div>
      <Jump shown={!scroll.atBottom} count={scroll.below} onJump={scroll.toBottom} />
    </div>
  );
}
