/** Who the visitor is, and how they can be reached. */

import { Anchor } from "@mantine/core";
import type { Conversation } from "@shared/wire";
import { useText } from "../i18n/language";
import { useContact } from "./contact";
import css from "./Details.module.css";
import { Fact, Section } from "./Section";

interface Props {
  conversation: Conversation;
}

export function ContactFacts({ conversation }: Props) {
  const t = useText();
  const contact = useContact(conversation);
  const { name } = conversation.contact;
  if (!name) return null;
  return (
    <Section title={t("contact.title")}>
      <dl className={css.list} data-testid="contact">
        <Fact name={t("contact.name")}>{name}</Fact>
        {contact?.email && (
          <Fact name={t("contact.email")}>
            <Anchor
              href={`mailto:${contact.email}`}
              aria-label={t("contact.write", { address: contact.email })}
              inherit
            >
              {contact.email}
            </Anchor>
          </Fact>
        )}
        {contact?.phone && (
          <Fact name={t("contact.phone")}>
            <Anchor
              href={`tel:${contact.phone}`}
              aria-label={t("contact.call", { phone: contact.phone })}
              inherit
            >
              {contact.phone}
            </Anchor>
          </Fact>
        )}
      </dl>
    </Section>
  );
}
