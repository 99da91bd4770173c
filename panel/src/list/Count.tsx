/** How many wait in the queue: the one number worth seeing from another tab. */

import type { Tab } from "../api/panel";
import { rows } from "../conversations/listing";
import { useConversations } from "../conversations/store";
import { useOperator } from "../session/store";
import css from "./Tabs.module.css";

interface Props {
  tab: Tab;
}

export function Count({ tab }: Props) {
  const { id } = useOperator();
  const count = useConversations(({ lists, byId }) =>
    tab === "queue" ? rows(tab, lists[tab], byId, id).length : 0,
  );
  const more = useConversations(({ lists }) => lists[tab].next !== null);
  if (!count) return null;
  return (
    <span className={css.count}>
      {count}
      {more && "+"}
    </span>
  );
}
