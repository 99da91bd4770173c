/** Puts the operator's own conversation away as unread: it waits in the list until they open it again. */

import { ActionIcon, Tooltip } from "@mantine/core";
import { Mail } from "lucide-react";
import { useLocation } from "wouter";
import { useText } from "../i18n/language";
import { markUnread } from "../threads/actions";

interface Props {
  id: string;
  narrow: boolean;
}

export function MarkUnread({ id, narrow }: Props) {
  const t = useText();
  const [, navigate] = useLocation();
  const putAway = () => {
    navigate("/conversations"); // to stay would be to read it
    void markUnread(id);
  };
  return (
    <Tooltip label={t("thread.markUnread")} openDelay={400}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={narrow ? 44 : 40}
        onClick={putAway}
        aria-label={t("thread.markUnread")}
        data-testid="mark-unread"
      >
        <Mail size={narrow ? 20 : 18} />
      </ActionIcon>
    </Tooltip>
  );
}
