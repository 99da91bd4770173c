/** Who the visitor is, as the operator writes it down; a refusal stands at its field and loses nothing. */

import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { ApiError } from "@shared/api";
import type { ContactDetails } from "@shared/wire";
import { useMutation } from "@tanstack/react-query";
import { postContact } from "../api/panel";
import { receiveConversations } from "../conversations/store";
import { errorText } from "../i18n/errors";
import { useText } from "../i18n/language";
import { notify } from "../parts/notify";
import css from "./ContactForm.module.css";
import { refreshDetails } from "./contact";

const WORDS = {
  name: "contact.badName",
  email: "contact.badEmail",
  phone: "contact.badPhone",
} as const;

type Field = keyof typeof WORDS;

const isField = (field: string | undefined): field is Field =>
  field !== undefined && field in WORDS;

interface Props {
  id: string;
  contact: ContactDetails | undefined;
  onDone: () => void;
}

export function ContactForm({ id, contact, onDone }: Props) {
  const t = useText();
  const form = useForm({
    initialValues: {
      name: contact?.name ?? "",
      email: contact?.email ?? "",
      phone: contact?.phone ?? "",
    },
  });
  const saving = useMutation({
    mutationFn: (values: typeof form.values) => postContact(id, values),
    onSuccess: ({ conversation }) => {
      receiveConversations(conversation);
      refreshDetails(id).catch(() => null);
      onDone();
    },
    onError: (error) => {
      const field = error instanceof ApiError ? error.field : undefined;
      if (isField(field)) form.setFieldError(field, t(WORDS[field]));
      else notify(errorText(t, error));
    },
  });
  return (
    <form
      className={css.form}
      onSubmit={form.onSubmit((values) => saving.mutate(values))}
      onKeyDown={(event) => event.key === "Escape" && onDone()}
      data-testid="contact-form"
    >
      <TextInput
        label={t("contact.name")}
        autoComplete="off"
        data-autofocus
        {...form.getInputProps("name")}
      />
      <TextInput
        label={t("contact.email")}
        type="email"
        autoComplete="off"
        {...form.getInputProps("email")}
      />
      <TextInput
        label={t("contact.phone")}
        type="tel"
        autoComplete="off"
        {...form.getInputProps("phone")}
      />
      <div className={css.buttons}>
        <Button type="submit" size="xs" loading={saving.isPending}>
          {t("contact.save")}
        </Button>
        <Button variant="default" size="xs" onClick={onDone}>
          {t("contact.cancel")}
        </Button>
      </div>
    </form>
  );
}
