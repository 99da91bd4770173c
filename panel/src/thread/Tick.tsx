/** How far a reply has come: clock, tick, two when it was read, exclamation. */

import { Check, CheckCheck, CircleAlert, Clock } from "lucide-react";
import { useText } from "../i18n/language";
import type { State } from "./lines";

const ICONS = { pending: Clock, sent: Check, read: CheckCheck, failed: CircleAlert };
const LABELS = {
  pending: "thread.pending",
  sent: "thread.sent",
  read: "thread.read",
  failed: "thread.notSent",
} as const;

interface Props {
  state: State | "read";
}

export function Tick({ state }: Props) {
  const t = useText();
  const Icon = ICONS[state];
  return <Icon size={15} strokeWidth={2.2} role="img" aria-label={t(LABELS[state])} />;
}
