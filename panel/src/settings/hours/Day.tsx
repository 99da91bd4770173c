/** A day: closed, or its intervals. */

import { ActionIcon, Switch } from "@mantine/core";
import type { Interval } from "@shared/wire";
import { Plus, X } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useSettingsText } from "../i18n/text";
import css from "./Hours.module.css";
import { endsNextDay, type Fault, withAnother } from "./hours";
import { TimeInput } from "./TimeInput";

/** The server takes no more. */
const MOST = 10;

interface Props {
  name: string;
  intervals: Interval[];
  /** What it begins with when it opens. */
  opened: () => Interval[];
  fault: Fault | undefined;
  onChange: (intervals: Interval[]) => void;
  /** In place of its name. */
  head?: ReactNode;
  /** After its intervals. */
  tail?: ReactNode;
}

export function Day({ name, intervals, opened, fault, onChange, head, tail }: Props) {
  const t = useSettingsText();
  const words = useId();
  const open = intervals.length > 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a line with its legend
    <div role="group" aria-label={name} className={css.day} data-testid="hours-day">
      {head}
      <Switch
        className={css.switch ?? ""}
        checked={open}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? opened() : [])}
        label={head ? (open ? t("hours.openShort") : t("hours.closed")) : name}
        aria-label={t("hours.openOn", { day: name })}
        withThumbIndicator={false}
      />
      <div className={css.intervals}>
        {!open && !head && <span className={css.closed}>{t("hours.closed")}</span>}
        {intervals.map((interval, index) => (
          <Times
            // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing else of their own
            key={index}
            day={name}
            interval={interval}
            wrong={fault ? words : null}
            alone={intervals.length === 1}
            onChange={(changed) => onChange(intervals.with(index, changed))}
            onRemove={() => onChange(intervals.toSpliced(index, 1))}
          />
        ))}
        {open && intervals.length < MOST && (
          <ActionIcon
            variant="default"
            size={34}
            className={css.add ?? ""}
            onClick={() => onChange(withAnother(intervals))}
            aria-label={t("hours.addTo", { day: name })}
            title={t("hours.add")}
            data-testid="hours-add"
          >
            <Plus size={16} />
          </ActionIcon>
        )}
      </div>
      {tail}
      {fault && (
        <p className={css.fault} id={words} role="alert" data-testid="hours-fault">
          {t(`hours.${fault}`)}
        </p>
      )}
    </div>
  );
}

interface TimesProps {
  day: string;
  interval: Interval;
  /** The id of the words that tell what is wrong. */
  wrong: string | null;
  alone: boolean;
  onChange: (interval: Interval) => void;
  onRemove: () => void;
}

function Times({ day, interval, wrong, alone, onChange, onRemove }: TimesProps) {
  const t = useSettingsText();
  const { start, end } = interval;
  const field = (edge: "start" | "end") => ({
    value: interval[edge],
    onChange: (time: string) => onChange({ ...interval, [edge]: time }),
    wrong,
  });
  return (
    <span className={css.interval}>
      <TimeInput {...field("start")} label={t("hours.from", { day })} />
      <span aria-hidden="true">–</span>
      <TimeInput {...field("end")} label={t("hours.to", { day })} />
      {endsNextDay(interval) && <span className={css.next}>{t("hours.nextDay")}</span>}
      {!alone && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={34}
          onClick={onRemove}
          aria-label={t("hours.remove", { day, start, end })}
        >
          <X size={15} />
        </ActionIcon>
      )}
    </span>
  );
}
