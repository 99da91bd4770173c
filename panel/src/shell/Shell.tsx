/** The signed-in screen: menu, list, conversation; on a narrow screen one of them at a time. */

import { useEffect, useRef } from "react";
import { useRoute } from "wouter";
import { useText } from "../i18n/language";
import { ListPane } from "../list/ListPane";
import { focusRow } from "../list/useRowKeys";
import { connect } from "../realtime/connect";
import { useSession } from "../session/store";
import { ThreadPane } from "../thread/ThreadPane";
import { restoreOutbox } from "../threads/outbox";
import { Banner } from "./Banner";
import { BottomNav } from "./BottomNav";
import { Nav } from "./Nav";
import css from "./Shell.module.css";
import { useShortcuts } from "./shortcuts";
import { useTitle } from "./title";
import { useNarrow } from "./width";

export function Shell() {
  const t = useText();
  const narrow = useNarrow();
  const [, params] = useRoute("/conversations/:id");
  const id = params?.id ?? null;
  useConnection();
  useShortcuts(id);
  useTitle();
  useReturnedFocus(id, narrow);
  const hidden = (pane: "list" | "thread") => narrow && (pane === "thread") !== (id !== null);
  return (
    <div className={css.shell} data-narrow={narrow || undefined}>
      <button type="button" className={css.skip} onClick={skip}>
        {t("nav.skip")}
      </button>
      <Banner />
      {!narrow && <Nav />}
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
      {narrow && !id && <BottomNav />}
    </div>
  );
}

function useConnection(): void {
  const signedIn = useSession((state) => state.status === "signed_in");
  useEffect(() => {
    if (!signedIn) return;
    restoreOutbox();
    return connect();
  }, [signedIn]);
}

/** Back from a conversation on a narrow screen: the focus returns to its row. */
function useReturnedFocus(id: string | null, narrow: boolean): void {
  const last = useRef(id);
  useEffect(() => {
    if (narrow && !id && last.current) focusRow(last.current);
    last.current = id;
  }, [id, narrow]);
}

function skip(): void {
  document.getElementById("thread")?.focus();
}
