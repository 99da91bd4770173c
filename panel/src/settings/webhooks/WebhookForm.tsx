/** Address and events, and what is wrong with them. */

import { Button, Checkbox, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useText } from "../../i18n/language";
import { useSettingsText } from "../i18n/text";
import { addressFault, asciiAddress } from "./address";
import type { WebhookFacts } from "./api";
import { refusal } from "./refusal";
import css from "./WebhookForm.module.css";
import { EVENTS } from "./words";

interface Props {
  initial: WebhookFacts;
  submit: string;
  hint?: string;
  /** Rejects with the server's refusal. */
  onSave: (facts: WebhookFacts) => Promise<unknown>;
  onCancel: () => void;
}

export function WebhookForm({ initial, submit, hint, onSave, onCancel }: Props) {
  const t = useSettingsText();
  const general = useText();
  const form = useForm<WebhookFacts>({
    mode: "uncontrolled",
    initialValues: initial,
    validate: {
      url: (url) => {
        const fault = addressFault(url);
        return fault && t(fault);
      },
      events: (events) => (events.length ? null : t("form.eventsMissing")),
    },
  });
  const show = (field: string) => {
    const node = form.getInputNode(field);
    (node?.matches("input") ? node : node?.querySelector("input"))?.focus();
  };
  const save = form.onSubmit(
    async ({ url, events }) => {
      try {
        await onSave({ url: asciiAddress(url), events });
      } catch (error) {
        const { field, words } = refusal(t, general, error);
        form.setFieldError(field, words);
        show(field);
      }
    },
    (errors) => show(Object.keys(errors)[0] ?? ""),
  );
  return (
    <form onSubmit={save} className={css.form} noValidate>
      <TextInput
        {...form.getInputProps("url")}
        key={form.key("url")}
        label={t("form.url")}
        description={t("form.urlHint")}
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        data-testid="webhook-url"
      />
      <Checkbox.Group
        {...form.getInputProps("events")}
        key={form.key("events")}
        label={t("form.events")}
      >
        <div className={css.events}>
          {EVENTS.map((event) => (
            <Checkbox
              key={event}
              value={event}
              label={t(`event.${event}`)}
              description={
                <>
                  {t(`event.${event}Hint`)} <code className={css.code}>{event}</code>
                </>
              }
              data-testid={`event-${event}`}
            />
          ))}
        </div>
      </Checkbox.Group>
      {hint && <p className={css.hint}>{hint}</p>}
      <p role="alert" className={css.error} data-testid="webhook-error">
        {form.errors.form}
      </p>
      <div className={css.buttons}>
        <Button variant="default" onClick={onCancel} disabled={form.submitting}>
          {t("form.cancel")}
        </Button>
        <Button type="submit" loading={form.submitting} data-testid="webhook-save">
          {submit}
        </Button>
      </div>
    </form>
  );
}
