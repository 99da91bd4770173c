/** List and conversation; on a narrow screen one of them at a time. */

import { useEffect, useRef } from "react";
import { useText } from "../i18n/language";
import { ListPane } from "../list/ListPane";
import { focusRow } from "../list/useRowKeys";
import { ThreadPane } from "../thread/ThreadPane";
import css from "./Shell.module.css";
import { useShortcuts } from "./shortcuts";

interface Props {
  /** The chosen conversation. */
  id: string | null;
  narrow: boolean;
}

export function Conversations({ id, narrow }: Props) {
  const t = useText();
  useShortcuts(id);
  useReturnedFocus(id, narrow);
  const hidden = (pane: "list" | "thread") => narrow && (pane === "thread") !== (id !== null);
  return (
    <main className={css.panes}>
      <section className={css.list} inert={hidden("list")} aria-label={t("list.label")}>
        <ListPane selected={id} narrow={narrow} />
      </section>
      <section
        className={css.thread}
        inert={hidden("thread")}
        aria-label={t("thread.section")}
        id="thread"
        tabIndex={-1}
      >
        <ThreadPane key={id} id={id} narrow={narrow} />
      </section>
    </main>
  );
}

/** Back from a conversation on a narrow screen: the focus returns to its row. */
function useReturnedFocus(id: string | null, narrow: boolean): void {
  const last = useRef(id);
  useEffect(() => {
    if (narrow && !id && last.current) focusRow(last.current);
    last.current = id;
  }, [id, narrow]);
}
