/** A short notice in the corner, for what happened outside the operator's eye. */

import { notifications } from "@mantine/notifications";
import { text, useText } from "../i18n/language";
import css from "./Notice.module.css";

const SHOWN_MS = 7_000;
const ALARM_MS = 20_000;

export function notify(message: string): void {
  show(message, message, SHOWN_MS);
}

/** Of a conversation that needs somebody: a step away, and longer on the screen. */
export function notifyOf(conversationId: string, message: string): void {
  const words = <Alarm id={conversationId} message={message} />;
  show(`${conversationId} ${message}`, words, ALARM_MS, "red");
}

function show(id: string, message: React.ReactNode, autoClose: number, color?: string): void {
  const closeButtonProps = { "aria-label": text()("notice.close") };
  notifications.show({ id, message, autoClose, closeButtonProps, ...(color ? { color } : {}) });
}

function Alarm({ id, message }: { id: string; message: string }) {
  const t = useText();
  return (
    <span data-testid="alarm">
      {message}{" "}
      <a href={`#/conversations/${id}`} className={css.look}>
        {t("alarm.look")}
      </a>
    </span>
  );
}
