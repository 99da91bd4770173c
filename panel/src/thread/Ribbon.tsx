/** Why there is no composer. */

import { Button } from "@mantine/core";
import type { Conversation } from "@shared/wire";
import { useMutation } from "@tanstack/react-query";
import { Archive, Eye, Lock } from "lucide-react";
import { isOpen } from "../conversations/tabs";
import { useText } from "../i18n/language";
import { useOperator } from "../session/store";
import { startTransfer } from "../team/transferring";
import { takeOver } from "../threads/actions";
import { mayTakeOver } from "../threads/allowed";
import css from "./Ribbon.module.css";

interface Props {
  conversation: Conversation;
}

export function Ribbon({ conversation }: Props) {
  const t = useText();
  const operator = useOperator();
  const { assignee } = conversation;
  if (!isOpen(conversation)) {
    return (
      <p className={css.ribbon} data-kind="closed" data-testid="ribbon">
        <Archive size={17} aria-hidden="true" /> {t("composer.closed")}
      </p>
    );
  }
  const Icon = assignee ? Eye : Lock;
  return (
    <div className={css.ribbon} data-testid="ribbon">
      <p className={css.words}>
        <Icon size={17} aria-hidden="true" />
        <span>
          <strong>{t("composer.viewOnly")}</strong>{" "}
          {assignee ? t("composer.viewOnlyOf", { name: assignee.name }) : t("composer.otherBranch")}
        </span>
      </p>
      {mayTakeOver(conversation, operator) && <Ways id={conversation.id} />}
    </div>
  );
}

/** A supervisor's ways to step in. */
function Ways({ id }: { id: string }) {
  const t = useText();
  const taking = useMutation({ mutationFn: takeOver });
  return (
    <div className={css.ways}>
      <Button size="sm" variant="default" onClick={() => startTransfer(id)} data-testid="assign-to">
        {t("composer.assignTo")}
      </Button>
      <Button
        size="sm"
        loading={taking.isPending}
        onClick={() => taking.mutate(id)}
        data-testid="take-over"
      >
        {t("composer.takeOver")}
      </Button>
    </div>
  );
}
