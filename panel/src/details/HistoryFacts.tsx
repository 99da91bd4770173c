/** Who has had the conversation, when and why; the newest first. */

import { UnstyledButton } from "@mantine/core";
import { dayLabel, fullMoment, timeOfDay } from "@shared/time";
import type { HistoryEntry } from "@shared/wire";
import {
  BellRing,
  CheckCheck,
  ContactRound,
  Eye,
  Flag,
  Hand,
  Inbox,
  LogOut,
  type LucideIcon,
  Reply,
  Shuffle,
  Star,
  TimerOff,
  UserCheck,
  UserRoundPen,
} from "lucide-react";
import { useState } from "react";
import { useLanguage, useText } from "../i18n/language";
import { useNow } from "../i18n/now";
import { useDirectory } from "../queries";
import { useOperator } from "../session/store";
import { changedBranch, eventWords, shownTo } from "./events";
import css from "./History.module.css";
import { Section } from "./Section";

const FEW = 5;

const ICONS: Record<string, LucideIcon> = {
  routed: Shuffle,
  claimed: Hand,
  escalated: TimerOff,
  transferred: UserRoundPen,
  taken_over: UserCheck,
  answered: Reply,
  resolved: CheckCheck,
  ended: LogOut,
  rated: Star,
  looked: Eye,
  prioritised: Flag,
  corrected: ContactRound,
  alerted: BellRing,
};

interface Props {
  history: readonly HistoryEntry[];
}

export function HistoryFacts({ history }: Props) {
  const t = useText();
  const oversees = useOperator().role !== "operator";
  const [all, setAll] = useState(false);
  const events = shownTo(oversees, history);
  const shown = all ? events : events.slice(0, FEW);
  if (!events.length) return null;
  return (
    <Section title={t("history.title")}>
      <ol className={css.events} data-testid="history">
        {shown.map((entry) => (
          <Entry key={`${entry.at} ${entry.action}`} entry={entry} />
        ))}
      </ol>
      {shown.length < events.length && (
        <UnstyledButton className={css.more} onClick={() => setAll(true)}>
          {t("history.all", { count: events.length - shown.length })}
        </UnstyledButton>
      )}
    </Section>
  );
}

function Entry({ entry }: { entry: HistoryEntry }) {
  const t = useText();
  const language = useLanguage((state) => state.language);
  const now = useNow();
  const directory = useDirectory();
  const branch = (id: string | null) =>
    directory?.branches.find((each) => each.id === id)?.name ?? id ?? "";
  const { action, cause, at, note } = entry;
  const Icon = ICONS[action === "assigned" ? (cause ?? "") : action] ?? Inbox;
  return (
    <li className={css.event} data-action={action} data-cause={cause ?? undefined}>
      <Icon size={15} aria-hidden="true" />
      <div className={css.words}>
        <p>{eventWords(t, entry, branch)}</p>
        {note && <p className={css.note}>{note}</p>}
        <p className={css.when}>
          <time dateTime={at} title={fullMoment(at, language)}>
            {dayLabel(at, language, now)}, {timeOfDay(at, language)}
          </time>
          {changedBranch(entry) && (
            <> · {t("history.branch", { branch: branch(entry.to_branch_id) })}</>
          )}
        </p>
      </div>
    </li>
  );
}
