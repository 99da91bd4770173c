/** Another webhook; then its secret, once. */

import { Dialog } from "../Dialog";
import { useSettingsText } from "../i18n/text";
import { ShownOnce } from "../ShownOnce";
import { useAdding } from "./data";
import { WebhookForm } from "./WebhookForm";
import { EVENTS } from "./words";

interface Props {
  inbox: string;
  opened: boolean;
  onClose: () => void;
}

export function AddDialog({ inbox, opened, onClose }: Props) {
  const t = useSettingsText();
  const adding = useAdding(inbox);
  const secret = adding.data?.secret;
  const close = () => {
    adding.reset();
    onClose();
  };
  return (
    <Dialog
      title={t(secret ? "secret.title" : "form.addTitle")}
      opened={opened}
      onClose={close}
      escapable={!secret && !adding.isPending} // the secret cannot be shown again
    >
      {secret ? (
        <ShownOnce
          lead={t("secret.lead")}
          label={t("secret.label")}
          value={secret}
          why={t("secret.why")}
          done={t("secret.done")}
          onDone={close}
          testId="webhook-secret"
        />
      ) : (
        <WebhookForm
          initial={{ url: "", events: [...EVENTS] }}
          submit={t("form.add")}
          onSave={adding.mutateAsync}
          onCancel={close}
        />
      )}
    </Dialog>
  );
}
