/** Below an editor of hours: what they mean right now, and how branch and inbox go together. */

import { useDebouncedValue } from "@mantine/hooks";
import type { Hours, Schedule } from "@shared/wire";
import { useSettingsText } from "../i18n/text";
import css from "./Hours.module.css";
import { faultsOf, fromFields } from "./hours";
import { OpenState } from "./OpenState";

const CALM_MS = 350;

interface Props {
  of: "branch" | "inbox";
  hours: Hours | null;
  timeZone: string;
  /** The other's, where it is known: an inbox that belongs to a branch. */
  other?: Schedule | null;
}

export function Preview({ of, hours, timeZone, other = null }: Props) {
  const t = useSettingsText();
  const [calm] = useDebouncedValue(JSON.stringify({ hours, timeZone }), CALM_MS);
  const shown: { hours: Hours | null; timeZone: string } = JSON.parse(calm);
  const right = timeZone !== "" && (!shown.hours || faultsOf(shown.hours).size === 0);
  const own = {
    time_zone: shown.timeZone,
    hours: shown.hours && fromFields(shown.hours),
  };
  return (
    <div className={css.preview} data-testid="hours-preview">
      {right && shown.timeZone && <OpenState {...pair(of, own, other)} timeZone={shown.timeZone} />}
      <p className={css.hint}>{t("hours.rule")}</p>
    </div>
  );
}

const pair = (of: "branch" | "inbox", own: Schedule, other: Schedule | null) =>
  of === "branch" ? { branch: own, inbox: other } : { branch: other, inbox: own };
