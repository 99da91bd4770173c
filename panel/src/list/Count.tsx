/** The numbers worth seeing from another tab: how many wait, how many left a request, how many need a supervisor. */

import { VisuallyHidden } from "@mantine/core";
import type { Tab } from "../api/panel";
import { useAlarmCount } from "../conversations/alarms";
import { rows } from "../conversations/listing";
import { useMoreRequests, useRequestCount } from "../conversations/requests";
import { useConversations } from "../conversations/store";
import { useText } from "../i18n/language";
import { useOversees } from "../session/role";
import { useOperator } from "../session/store";
import css from "./Tabs.module.css";

interface Props {
  tab: Tab;
}

export function Count({ tab }: Props) {
  const oversees = useOversees();
  if (tab === "queue") return <Waiting />;
  if (tab === "requests") return <Requests />;
  return tab === "all" && oversees ? <Alarms /> : null;
}

function Waiting() {
  const { id } = useOperator();
  const count = useConversations(({ lists, byId }) => rows("queue", lists.queue, byId, id).length);
  const more = useConversations(({ lists }) => lists.queue.next !== null);
  if (!count) return null;
  return (
    <span className={css.count}>
      {count}
      {more && "+"}
    </span>
  );
}

function Requests() {
  const { id } = useOperator();
  const count = useRequestCount(id);
  const more = useMoreRequests();
  if (!count) return null;
  return (
    <span className={css.count} data-testid="request-count">
      {count}
      {more && "+"}
    </span>
  );
}

function Alarms() {
  const t = useText();
  const { id } = useOperator();
  const count = useAlarmCount(id);
  if (!count) return null;
  return (
    <span className={css.count} data-alarm data-testid="alarm-count">
      <span aria-hidden="true">{count}</span>
      <VisuallyHidden>{t("list.alarms", { count })}</VisuallyHidden>
    </span>
  );
}
