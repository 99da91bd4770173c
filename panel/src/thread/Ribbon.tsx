/** Why there is no composer. */

import type { Conversation } from "@shared/wire";
import { Archive, Eye, Lock } from "lucide-react";
import { isOpen } from "../conversations/tabs";
import { useText } from "../i18n/language";
import css from "./Ribbon.module.css";

interface Props {
  conversation: Conversation;
}

export function Ribbon({ conversation }: Props) {
  const t = useText();
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
    <p className={css.ribbon} data-testid="ribbon">
      <Icon size={17} aria-hidden="true" />
      <span>
        <strong>{t("composer.viewOnly")}</strong>{" "}
        {assignee ? t("composer.viewOnlyOf", { name: assignee.name }) : t("composer.otherBranch")}
      </span>
    </p>
  );
}
