/** Under a refused reply: try again, or let it go. */

import { UnstyledButton } from "@mantine/core";
import type { Outgoing } from "@shared/thread";
import { useText } from "../i18n/language";
import { discard, resend } from "../threads/outbox";
import css from "./NotSent.module.css";

interface Props {
  conversationId: string;
  entry: Outgoing;
}

export function NotSent({ conversationId, entry }: Props) {
  const t = useText();
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
