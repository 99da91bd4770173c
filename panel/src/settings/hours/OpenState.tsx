/** Whether it is open now and when that changes, by the server's rule. */

import type { Schedule } from "@shared/wire";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLanguage } from "../../i18n/language";
import { useNow } from "../../i18n/now";
import { postHoursPreview } from "../api";
import { useSignedIn } from "../data";
import { useSettingsText } from "../i18n/text";
import { momentWords } from "./days";
import css from "./OpenState.module.css";

const RENEW_MS = 60_000;

interface Props {
  branch?: Schedule | null;
  inbox?: Schedule | null;
  /** The clock by which the next change is told. */
  timeZone: string;
}

export function OpenState({ branch = null, inbox = null, timeZone }: Props) {
  const t = useSettingsText();
  const language = useLanguage((state) => state.language);
  const now = useNow();
  const enabled = useSignedIn();
  const { data, isError } = useQuery({
    queryKey: ["hours_preview", branch, inbox],
    queryFn: () => postHoursPreview({ branch, inbox }),
    placeholderData: keepPreviousData,
    refetchInterval: RENEW_MS,
    staleTime: RENEW_MS / 2,
    enabled,
  });
  if (!data) return <span className={css.state}>{isError && t("hours.openUnknown")}</span>;
  const { open, changes_at } = data;
  const words = changes_at
    ? t(open ? "hours.openUntil" : "hours.closedUntil", {
        when: momentWords(t, language, Date.parse(changes_at), timeZone, now),
      })
    : t(open ? "hours.alwaysOpen" : "hours.neverOpen");
  return (
    <span className={css.state} data-open={open} data-testid="open-state">
      {words}
    </span>
  );
}
