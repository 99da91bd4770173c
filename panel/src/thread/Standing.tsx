/** Under the name: how it stands, whose it is, and the region; what has no room is left out. */

import type { Conversation } from "@shared/wire";
import { isOpen } from "../conversations/tabs";
import { useLanguage, useText } from "../i18n/language";
import { useNow } from "../i18n/now";
import { waitedFor } from "../i18n/waited";
import { Face } from "../parts/Face";
import { regionName } from "../parts/region";
import { useOperator } from "../session/store";
import css from "./Standing.module.css";

interface Props {
  conversation: Conversation;
}

export function Standing({ conversation }: Props) {
  const t = useText();
  const language = useLanguage((state) => state.language);
  const operator = useOperator();
  const { region, status, assignee } = conversation;
  const queued = isOpen(conversation) && !assignee;
  const shown = queued ? "queued" : status;
  return (
    <p className={css.standing}>
      <span className={css.status} data-status={shown}>
        {t(`status.${shown}`)}
      </span>
      {conversation.requested_at ? (
        <span className={css.request} data-testid="request">
          {t("status.request")}
        </span>
      ) : (
        <Waiting conversation={conversation} />
      )}
      {assignee && assignee.id !== operator.id && (
        <span className={css.holder}>
          <Face id={assignee.id} name={assignee.name} size={18} />
          <span className={css.name}>{assignee.name}</span>
        </span>
      )}
      {region && <span>{regionName(region, language)}</span>}
    </p>
  );
}

function Waiting({ conversation }: Props) {
  const t = useText();
  const language = useLanguage((state) => state.language);
  const now = useNow(20_000);
  const { waiting_since } = conversation;
  if (!waiting_since || !isOpen(conversation)) return null;
  const time = waitedFor(now - Date.parse(waiting_since), language);
  return <span className={css.waiting}>{t("thread.waiting", { time })}</span>;
}
