/** Another webhook; then its secret, once. */

import { Dialog } from "../Dialog";
import { useSettingsText } from "../i18n/text";
import { useAdding } from "./data";
import { Secret } from "./Secret";
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
        <Secret secret={secret} onDone={close} />
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
