/** Who the visitor is, and how they can be reached. */

import { UnstyledButton } from "@mantine/core";
import type { Conversation } from "@shared/wire";
import { Pencil } from "lucide-react";
import { useState } from "react";
import { useText } from "../i18n/language";
import { useOperator } from "../session/store";
import { mayNote } from "../threads/allowed";
import { ContactForm } from "./ContactForm";
import { useContact } from "./contact";
import css from "./Details.module.css";
import { Fact, Section } from "./Section";

interface Props {
  conversation: Conversation;
}

export function ContactFacts({ conversation }: Props) {
  const t = useText();
  const contact = useContact(conversation);
  const operator = useOperator();
  const [editing, setEditing] = useState(false);
  const { name } = conversation.contact;
  const may = mayNote(conversation, operator);
  const known = contact && (contact.name || contact.email || contact.phone);
  if (!known && !may) return null;
  if (editing) {
    return (
      <Section title={t("contact.title")}>
        <ContactForm id={conversation.id} contact={contact} onDone={() => setEditing(false)} />
      </Section>
    );
  }
  return (
    <Section title={t("contact.title")}>
      <dl className={css.list} data-testid="contact">
        {name && <Fact name={t("contact.name")}>{name}</Fact>}
        {contact?.email && (
          <Fact name={t("contact.email")}>
            <a
              className={css.link}
              href={`mailto:${contact.email}`}
              aria-label={t("contact.write", { address: contact.email })}
            >
              {contact.email}
            </a>
          </Fact>
        )}
        {contact?.phone && (
          <Fact name={t("contact.phone")}>
            <a
              className={css.link}
              href={`tel:${contact.phone}`}
              aria-label={t("contact.call", { phone: contact.phone })}
            >
              {contact.phone}
            </a>
          </Fact>
        )}
      </dl>
      {may && (
        <UnstyledButton
          className={css.edit}
          onClick={() => setEditing(true)}
          data-testid="edit-contact"
        >
          <Pencil size={14} aria-hidden="true" /> {t("contact.edit")}
        </UnstyledButton>
      )}
    </Section>
  );
}
