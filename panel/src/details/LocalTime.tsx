/** What o'clock it is where the visitor is. */

import { useLanguage } from "../i18n/language";
import { useNow } from "../i18n/now";

interface Props {
  zone: string;
}

export function LocalTime({ zone }: Props) {
  const language = useLanguage((state) => state.language);
  const now = useNow(20_000);
  return (
    <>
      {clock(now, zone, language)} <small>{zone.replace(/_/g, " ")}</small>
    </>
  );
}

function clock(now: number, timeZone: string, language: string): string {
  try {
    const format = { hour: "2-digit", minute: "2-digit", timeZone } as const;
    return new Intl.DateTimeFormat(language, format).format(now);
  } catch {
    return "";
  }
}
