/** Who of a branch was given how many today, by cause, and every assignment with its explanation. */

import { Button, Skeleton } from "@mantine/core";
import { timeOfDay } from "@shared/time";
import type { Given, TeamBranch } from "@shared/wire";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { fetchGiven } from "../api/panel";
import { useLanguage } from "../i18n/language";
import { Face } from "../parts/Face";
import { Failure } from "../parts/Failure";
import { Why } from "../parts/Why";
import { CAUSES, type Share, shares } from "./crew";
import css from "./Fairness.module.css";
import { useTeamText } from "./i18n";

const RENEW_MS = 15_000;

interface Props {
  branch: TeamBranch;
}

export function Fairness({ branch }: Props) {
  const t = useTeamText();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    {
      queryKey: ["team", branch.id, "given"],
      queryFn: ({ pageParam }) => fetchGiven(branch.id, pageParam),
      initialPageParam: null as string | null,
      getNextPageParam: ({ next }) => next,
      refetchInterval: RENEW_MS,
      staleTime: 0,
    },
  );
  if (error && !data) {
    return <Failure title={t("givenFailed")} error={error} onRetry={() => void refetch()} />;
  }
  if (!data) return <Skeleton height={120} m="sm" />;
  const given = data.pages.flatMap(({ items }) => items);
  const everybody = shares(given, branch.members);
  const most = Math.max(1, ...everybody.map(({ total }) => total));
  return (
    <div className={css.fairness} data-testid="fairness">
      <p className={css.lead}>{t(given.length ? "givenLead" : "givenNone")}</p>
      {given.length > 0 && <Legend everybody={everybody} />}
      <ul className={css.people}>
        {given.length > 0 &&
          everybody.map((share) => (
            <Person
              key={share.id}
              share={share}
              most={most}
              given={given.filter(({ assignment }) => assignment.operator.id === share.id)}
            />
          ))}
      </ul>
      {hasNextPage && (
        <div className={css.more}>
          <p>{t("givenPartial")}</p>
          <Button
            variant="default"
            size="sm"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {t("givenMore")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The causes that occur. */
function Legend({ everybody }: { everybody: readonly Share[] }) {
  const t = useTeamText();
  const shown = CAUSES.filter((cause) => everybody.some(({ byCause }) => byCause[cause] > 0));
  return (
    <ul className={css.legend}>
      {shown.map((cause) => (
        <li key={cause} data-cause={cause}>
          {t(cause)}
        </li>
      ))}
    </ul>
  );
}

interface PersonProps {
  share: Share;
  /** The longest bar. */
  most: number;
  given: readonly Given[];
}

function Person({ share, most, given }: PersonProps) {
  const t = useTeamText();
  const { id, name, total, byCause } = share;
  const counted = CAUSES.filter((cause) => byCause[cause] > 0);
  return (
    <li>
      <details className={css.person} data-testid="share" data-operator={id}>
        <summary className={css.summary}>
          <ChevronRight size={15} aria-hidden="true" className={css.chevron} />
          <Face id={id} name={name} size={26} />
          <span className={css.name}>{name}</span>
          <span className={css.bar} aria-hidden="true">
            {counted.map((cause) => (
              <span
                key={cause}
                data-cause={cause}
                style={{ width: `${(byCause[cause] / most) * 100}%` }}
              >
                {byCause[cause]}
              </span>
            ))}
          </span>
          <span className={css.spoken}>
            {counted.map((cause) => `${t(cause)}: ${byCause[cause]}`).join(", ")}
          </span>
          <span className={css.total}>{t("givenCount", { count: total })}</span>
        </summary>
        <ul className={css.list}>
          {given.map((each) => (
            <Reason key={`${each.conversation_id} ${each.assignment.assigned_at}`} given={each} />
          ))}
        </ul>
      </details>
    </li>
  );
}

function Reason({ given: { conversation_id, assignment } }: { given: Given }) {
  const t = useTeamText();
  const language = useLanguage((state) => state.language);
  return (
    <li className={css.reason}>
      <p className={css.when}>
        <time dateTime={assignment.assigned_at}>{timeOfDay(assignment.assigned_at, language)}</time>
        <span className={css.cause} data-cause={assignment.cause}>
          {t(assignment.cause)}
        </span>
        <a className={css.link} href={`#/conversations/${conversation_id}`}>
          {t("toConversation")} {conversation_id.slice(-4).toUpperCase()}
        </a>
      </p>
      <Why assignment={assignment} />
    </li>
  );
}
