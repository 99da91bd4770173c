/** Deleting asks first. */

import type { Webhook } from "@shared/wire";
import { errorText } from "../../i18n/errors";
import { useText } from "../../i18n/language";
import { Confirm } from "../Confirm";
import { useSettingsText } from "../i18n/text";
import { useDeleting } from "./data";
import css from "./WebhookForm.module.css";

interface Props {
  webhook: Webhook;
  opened: boolean;
  onClose: () => void;
  onDeleted: () => void;
}

export function DeleteDialog({ webhook, opened, onClose, onDeleted }: Props) {
  const t = useSettingsText();
  const general = useText();
  const deleting = useDeleting(webhook);
  return (
    <Confirm
      title={t("delete.title")}
      opened={opened}
      onClose={onClose}
      confirm={t("form.delete")}
      onConfirm={() => deleting.mutateAsync().then(onDeleted)}
      words={(error) => errorText(general, error)}
    >
      <p className={css.address}>{webhook.url}</p>
      <p className={css.hint}>{t("delete.lead")}</p>
    </Confirm>
  );
}
