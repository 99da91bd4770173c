/** Every attempt of a delivery: when, with what result, how long it took. */

import { exactMoment } from "@shared/time";
import type { Delivery } from "@shared/wire";
import { useLanguage } from "../../i18n/language";
import { useSettingsText } from "../i18n/text";
import css from "./Deliveries.module.css";
import { outcome, tookTime } from "./words";

export function Attempts({ delivery }: { delivery: Delivery }) {
  const t = useSettingsText();
  const language = useLanguage((state) => state.language);
  const { attempts, status } = delivery;
  if (!attempts.length) {
    const why = status === "dead" ? "delivery.neverTried" : "delivery.noAttempts";
    return <p className={css.lead}>{t(why)}</p>;
  }
  return (
    <table className={css.attempts} data-testid="attempts">
      <caption className={css.caption}>{t("delivery.attempts")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("attempt.number")}</th>
          <th scope="col">{t("attempt.at")}</th>
          <th scope="col">{t("attempt.result")}</th>
          <th scope="col">{t("attempt.duration")}</th>
        </tr>
      </thead>
      <tbody>
        {attempts.map((attempt) => (
          <tr key={attempt.number}>
            <td>{attempt.number}</td>
            <td>{exactMoment(attempt.at, language)}</td>
            <td>{outcome(t, attempt)}</td>
            <td>{tookTime(attempt.duration_ms, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
