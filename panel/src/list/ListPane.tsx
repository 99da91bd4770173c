/** The middle column: tabs and the list of the chosen one. */

import { useEffect } from "react";
import type { Tab } from "../api/panel";
import { loadTab } from "../conversations/load";
import { chooseTab, useConversations } from "../conversations/store";
import { useText } from "../i18n/language";
import { Failure } from "../parts/Failure";
import { useSession } from "../session/store";
import { ConversationList } from "./ConversationList";
import { Empty } from "./Empty";
import css from "./ListPane.module.css";
import { ListSkeleton } from "./ListSkeleton";
import { Tabs } from "./Tabs";
import { useRows } from "./useRows";

interface Props {
  selected: string | null;
  narrow: boolean;
}

export function ListPane({ selected, narrow }: Props) {
  const t = useText();
  const tab = useConversations((state) => state.tab);
  useLoadedTab(tab);
  return (
    <>
      <div className={css.head}>
        <h1 className={css.title}>{t("list.label")}</h1>
        <Tabs tab={tab} onChoose={chooseTab} />
      </div>
      <div
        className={css.body}
        id="conversation-list"
        role="tabpanel"
        aria-labelledby={`tab-${tab}`}
      >
        <Body tab={tab} selected={selected} narrow={narrow} />
      </div>
    </>
  );
}

function Body({ tab, selected, narrow }: Props & { tab: Tab }) {
  const t = useText();
  const { state, error } = useConversations(({ lists }) => lists[tab]);
  const rows = useRows(tab);
  const retry = () => void loadTab(tab).catch(() => null);
  if (state === "failed") return <Failure title={t("list.failed")} error={error} onRetry={retry} />;
  if (state === "idle") return <ListSkeleton />;
  if (!rows.length) return <Empty tab={tab} />;
  return <ConversationList key={tab} tab={tab} rows={rows} selected={selected} narrow={narrow} />;
}

/** Fresh whenever a tab is chosen, and after the session is back. */
function useLoadedTab(tab: Tab): void {
  const signedIn = useSession((state) => state.status === "signed_in");
  useEffect(() => {
    if (signedIn) loadTab(tab).catch(() => null);
  }, [tab, signedIn]);
}
