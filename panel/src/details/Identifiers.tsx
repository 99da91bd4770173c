/** The inbox, and the ids to quote when something is to be looked up. */

import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";
import type { Conversation } from "@shared/wire";
import { Check, Copy } from "lucide-react";
import { useText } from "../i18n/language";
import { useDirectory } from "../queries";
import css from "./Details.module.css";
import { Fact, Section } from "./Section";

interface Props {
  conversation: Conversation;
}

export function Identifiers({ conversation }: Props) {
  const t = useText();
  const inboxes = useDirectory()?.inboxes;
  const { id, inbox_id, contact } = conversation;
  const inbox = inboxes?.find((each) => each.id === inbox_id)?.name ?? inbox_id;
  return (
    <Section title={t("details.ids")}>
      <dl className={css.list}>
        <Fact name={t("details.inbox")}>{inbox}</Fact>
        <Copied name={t("details.conversationId")} id={id} />
        <Copied name={t("details.contactId")} id={contact.id} />
      </dl>
    </Section>
  );
}

function Copied({ name, id }: { name: string; id: string }) {
  const t = useText();
  return (
    <Fact name={name}>
      <span className={css.copied}>
        <code className={css.code}>{id}</code>
        <CopyButton value={id}>
          {({ copied, copy }) => (
            <Tooltip label={t(copied ? "details.copied" : "details.copy")}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={26}
                onClick={copy}
                aria-label={`${t(copied ? "details.copied" : "details.copy")}: ${name}`}
              >
                {copied ? <Check size={14} /> : <Copy size={14} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </span>
    </Fact>
  );
}
