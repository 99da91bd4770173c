/** Where the visitor is, and why that made this branch theirs. */

import { Skeleton } from "@mantine/core";
import type { Evidence } from "@shared/wire";
import { useLanguage, useText } from "../i18n/language";
import { useDirectory } from "../queries";
import css from "./Details.module.css";
import { LocalTime } from "./LocalTime";
import { placeName } from "./place";
import { Fact, Section } from "./Section";

interface Props {
  evidence: Evidence | null;
}

export function RegionFacts({ evidence }: Props) {
  const t = useText();
  return (
    <Section title={t("details.region")}>
      {evidence ? <Known evidence={evidence} /> : <Skeleton height={90} />}
    </Section>
  );
}

function Known({ evidence }: { evidence: Evidence }) {
  const t = useText();
  const language = useLanguage((state) => state.language);
  const directory = useDirectory();
  const { place, reason, rule, branch_id } = evidence;
  const branch = directory?.branches.find(({ id }) => id === branch_id)?.name ?? branch_id;
  return (
    <>
      <dl className={css.list}>
        <Fact name={t("details.place")}>
          {placeName(place, language) ?? t("details.placeUnknown")}
        </Fact>
        {place.time_zone && (
          <Fact name={t("details.timeZone")}>
            <LocalTime zone={place.time_zone} />
          </Fact>
        )}
        <Fact name={t("details.branch")}>{branch ?? t("details.noBranch")}</Fact>
        {rule && (
          <Fact name={t("details.rule")}>
            <code className={css.code}>{rule}</code>
          </Fact>
        )}
      </dl>
      <p className={css.reason}>{t(`details.reason.${reason}`)}</p>
    </>
  );
}
