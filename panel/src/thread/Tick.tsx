/** How far a reply has come: clock, tick, exclamation. */

import { Check, CircleAlert, Clock } from "lucide-react";
import { useText } from "../i18n/language";
import type { State } from "./lines";

const ICONS = { pending: Clock, sent: Check, failed: CircleAlert };
const LABELS = {
  pending: "thread.pending",
  sent: "thread.sent",
  failed: "thread.notSent",
} as const;

interface Props {
  state: State;
}

export function Tick({ state }: Props) {
  const t = useText();
  const Icon = ICONS[state];
  return <Icon size={13} strokeWidth={2.4} role="img" aria-label={t(LABELS[state])} />;
}
