/** A short notice in the corner, for what happened outside the operator's eye. */

import { notifications } from "@mantine/notifications";
import { text } from "../i18n/language";

const SHOWN_MS = 7_000;

export function notify(message: string): void {
  notifications.show({
    id: message,
    message,
    autoClose: SHOWN_MS,
    closeButtonProps: { "aria-label": text()("notice.close") },
  });
}
