/** Working hours: always open, or a week of intervals with dates that differ. */

import { Button, SegmentedControl } from "@mantine/core";
import type { Hours } from "@shared/wire";
import { CopyCheck } from "lucide-react";
import { useRef } from "react";
import { useSettingsText } from "../i18n/text";
import { Dates } from "./Dates";
import { Day } from "./Day";
import { dayName } from "./days";
import css from "./Hours.module.css";
import { copiedMonday, faultsOf, openedDay, USUAL } from "./hours";

interface Props {
  /** Null: always open. */
  value: Hours | null;
  onChange: (value: Hours | null) => void;
}

export function HoursEditor({ value, onChange }: Props) {
  const t = useSettingsText();
  const former = useRef(value ?? USUAL); // who tries "always open" does not lose the schedule
  if (value) former.current = value;
  return (
    <div className={css.editor}>
      <SegmentedControl
        className={css.mode ?? ""}
        aria-label={t("hours.mode")}
        value={value ? "schedule" : "always"}
        onChange={(mode) => onChange(mode === "schedule" ? former.current : null)}
        data={[
          { value: "always", label: t("hours.always") },
          { value: "schedule", label: t("hours.schedule") },
        ]}
        data-testid="hours-mode"
      />
      {value && <Schedule hours={value} onChange={onChange} />}
    </div>
  );
}

function Schedule({ hours, onChange }: { hours: Hours; onChange: (hours: Hours) => void }) {
  const t = useSettingsText();
  const faults = faultsOf(hours);
  const { week, exceptions = [] } = hours;
  return (
    <>
      <fieldset className={css.week} data-testid="hours-week">
        <legend className={css.legend}>{t("hours.week")}</legend>
        {week.map((intervals, index) => (
          <Day
            // biome-ignore lint/suspicious/noArrayIndexKey: the seven days keep their places
            key={index}
            name={dayName(t, index)}
            intervals={intervals}
            opened={() => openedDay(week, index)}
            fault={faults.get(`week.${index}`)}
            onChange={(day) => onChange({ ...hours, week: week.with(index, day) })}
          />
        ))}
        <Button
          variant="subtle"
          size="compact-sm"
          className={css.copy ?? ""}
          leftSection={<CopyCheck size={15} />}
          onClick={() => onChange({ ...hours, week: copiedMonday(week) })}
          data-testid="hours-copy"
        >
          {t("hours.copy")}
        </Button>
      </fieldset>
      <Dates
        dates={exceptions}
        faults={faults}
        onChange={(changed) => onChange({ ...hours, exceptions: changed })}
      />
    </>
  );
}
