/** Under a refused reply: change it, try again, or let it go. */

import { UnstyledButton } from "@mantine/core";
import type { Outgoing } from "@shared/thread";
import { useConversations } from "../conversations/store";
import { useText } from "../i18n/language";
import { discard, resend } from "../threads/outbox";
import { takeBack } from "../threads/takeBack";
import css from "./NotSent.module.css";

interface Props {
  conversationId: string;
  entry: Outgoing;
}

export function NotSent({ conversationId, entry }: Props) {
  const t = useText();
  const editable = useConversations((state) => state.byId.get(conversationId)?.may_reply);
  return (
    <p className={css.failed}>
      {t("thread.notSent")}
      <UnstyledButton
        className={css.act}
        onClick={() => resend(conversationId, entry)}
        data-testid="retry"
      >
        {t("thread.retry")}
      </UnstyledButton>
      {editable && (
        <UnstyledButton
          className={css.act}
          onClick={() => takeBack(conversationId, entry)}
          data-testid="edit"
        >
          {t("thread.edit")}
        </UnstyledButton>
      )}
      <UnstyledButton
        className={css.act}
        onClick={() => discard(conversationId, entry.client_id)}
        data-testid="discard"
      >
        {t("thread.discard")}
      </UnstyledButton>
    </p>
  );
}
