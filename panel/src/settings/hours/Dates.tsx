/** The dates that differ from their weekday. */

import { ActionIcon, Button, TextInput } from "@mantine/core";
import type { SpecialDate } from "@shared/wire";
import { CalendarPlus, Trash2 } from "lucide-react";
import { useRef } from "react";
import { useLanguage } from "../../i18n/language";
import { useSettingsText } from "../i18n/text";
import { Day } from "./Day";
import css from "./Hours.module.css";
import { type HoursFaults, USUAL } from "./hours";

interface Props {
  dates: readonly SpecialDate[];
  faults: HoursFaults;
  onChange: (dates: SpecialDate[]) => void;
}

export function Dates({ dates, faults, onChange }: Props) {
  const t = useSettingsText();
  const language = useLanguage((state) => state.language);
  const list = useRef<HTMLFieldSetElement>(null);
  const add = () => {
    onChange([...dates, { date: "", intervals: [] }]);
    requestAnimationFrame(() => {
      [...(list.current?.querySelectorAll<HTMLElement>('[type="date"]') ?? [])].at(-1)?.focus();
    });
  };
  return (
    <fieldset className={css.week} ref={list} data-testid="hours-dates">
      <legend className={css.legend}>{t("hours.exceptions")}</legend>
      <p className={css.hint}>{t("hours.exceptionsHint")}</p>
      {dates.map((each, index) => {
        const fault = faults.get(`dates.${index}`);
        const named = dateName(each.date, language) ?? t("hours.newDate");
        return (
          <Day
            // biome-ignore lint/suspicious/noArrayIndexKey: a date that is being chosen has nothing of its own
            key={index}
            name={named}
            intervals={each.intervals}
            opened={() => USUAL.week[0] ?? []}
            fault={fault}
            onChange={(intervals) => onChange(dates.with(index, { ...each, intervals }))}
            head={
              <TextInput
                type="date"
                className={css.date ?? ""}
                value={each.date}
                onChange={({ currentTarget: { value: date } }) =>
                  onChange(dates.with(index, { ...each, date }))
                }
                error={fault === "dateMissing" || fault === "dateTwice"}
                aria-label={t("hours.date")}
              />
            }
            tail={
              <ActionIcon
                variant="subtle"
                color="gray"
                size={34}
                className={css.drop ?? ""}
                onClick={() => onChange(dates.toSpliced(index, 1))}
                aria-label={t("hours.removeDate", { date: named })}
              >
                <Trash2 size={15} />
              </ActionIcon>
            }
          />
        );
      })}
      <Button
        variant="default"
        size="xs"
        className={css.copy ?? ""}
        leftSection={<CalendarPlus size={15} />}
        onClick={add}
        data-testid="hours-add-date"
      >
        {t("hours.addDate")}
      </Button>
    </fieldset>
  );
}

function dateName(date: string, language: string): string | null {
  const at = Date.parse(`${date}T00:00Z`);
  if (Number.isNaN(at)) return null;
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(at);
}
