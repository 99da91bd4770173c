/** An empty list says why, and offers one thing to do. */

import { Button } from "@mantine/core";
import { Archive, Coffee, Inbox, MailQuestionMark, MessageSquareDashed } from "lucide-react";
import type { Tab } from "../api/panel";
import { chooseTab } from "../conversations/store";
import { useText } from "../i18n/language";
import { useOperator } from "../session/store";
import { usePresence } from "../shell/PresenceMenu";
import css from "./Empty.module.css";

const ICONS = {
  mine: MessageSquareDashed,
  queue: Coffee,
  requests: MailQuestionMark,
  all: Inbox,
  closed: Archive,
};

const TEXTS = {
  mine: ["list.emptyMine", "list.emptyMineHint"],
  queue: ["list.emptyQueue", "list.emptyQueueHint"],
  requests: ["list.emptyRequests", "list.emptyRequestsHint"],
  all: ["list.emptyAll", "list.emptyAllHint"],
  closed: ["list.emptyClosed", "list.emptyClosedHint"],
} as const;

interface Props {
  tab: Tab;
}

export function Empty({ tab }: Props) {
  const t = useText();
  const Icon = ICONS[tab];
  const [title, hint] = TEXTS[tab];
  return (
    <div className={css.empty} data-testid="list-empty">
      <Icon size={34} strokeWidth={1.5} aria-hidden="true" />
      <p className={css.title}>{t(title)}</p>
      <p className={css.hint}>{t(hint)}</p>
      <Way tab={tab} />
    </div>
  );
}

function Way({ tab }: Props) {
  const t = useText();
  const offline = useOperator().presence !== "online";
  const changing = usePresence();
  const go = { onClick: () => chooseTab(tab === "mine" ? "queue" : "mine") };
  const online = { onClick: () => changing.mutate("online"), loading: changing.isPending };
  const [label, act] =
    tab === "mine"
      ? offline
        ? (["list.goOnline", online] as const)
        : (["list.lookInQueue", go] as const)
      : (["list.showMine", go] as const);
  return (
    <Button variant="light" size="sm" mt="sm" {...act}>
      {t(label)}
    </Button>
  );
}
