/** Another address or other events for a webhook. */

import type { Webhook } from "@shared/wire";
import { Dialog } from "../Dialog";
import { useSettingsText } from "../i18n/text";
import { useChanging } from "./data";
import { WebhookForm } from "./WebhookForm";

interface Props {
  webhook: Webhook;
  opened: boolean;
  onClose: () => void;
}

export function EditDialog({ webhook, opened, onClose }: Props) {
  const t = useSettingsText();
  const changing = useChanging(webhook);
  const { url, events } = webhook;
  return (
    <Dialog title={t("form.editTitle")} opened={opened} onClose={onClose}>
      <WebhookForm
        initial={{ url, events }}
        submit={t("form.save")}
        hint={t("form.sameSecret")}
        onSave={(facts) => changing.mutateAsync(facts).then(onClose)}
        onCancel={onClose}
      />
    </Dialog>
  );
}
