/** Another webhook; then its secret, once. */

import { Modal } from "@mantine/core";
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
  // What cannot be shown again goes away by its own button only.
  const byAccident = !secret && !adding.isPending;
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t(secret ? "secret.title" : "form.addTitle")}
      withCloseButton={false}
      closeOnEscape={byAccident}
      closeOnClickOutside={false}
      centered
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
    </Modal>
  );
}
