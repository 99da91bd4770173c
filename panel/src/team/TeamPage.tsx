/** Who is there, branch by branch, and for supervisors who was given what today. Fetched when somebody goes there. */

import { Skeleton } from "@mantine/core";
import type { TeamBranch } from "@shared/wire";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { useLanguage } from "../i18n/language";
import { useNow } from "../i18n/now";
import { Failure } from "../parts/Failure";
import { team, useDirectory } from "../queries";
import { useOversees } from "../session/role";
import { useSession } from "../session/store";
import { hoursWords, inReach } from "./crew";
import { Fairness } from "./Fairness";
import { useTeamText } from "./i18n";
import { Member } from "./Member";
import css from "./TeamPage.module.css";

export default function TeamPage() {
  const t = useTeamText();
  const enabled = useSession((state) => state.status === "signed_in");
  const { data, error, refetch } = useQuery({ ...team, enabled });
  return (
    <main className={css.page} id="team" tabIndex={-1} data-testid="team">
      <div className={css.column}>
        <header>
          <h1 className={css.title}>{t("title")}</h1>
          <p className={css.lead}>{t("lead")}</p>
        </header>
        {error && !data && (
          <Failure title={t("failed")} error={error} onRetry={() => void refetch()} />
        )}
        {!error && !data && <Skeleton height={220} radius={14} />}
        {data?.branches.length === 0 && <p className={css.lead}>{t("noBranches")}</p>}
        {data?.branches.map((branch) => (
          <Branch key={branch.id} branch={branch} />
        ))}
      </div>
    </main>
  );
}

function Branch({ branch }: { branch: TeamBranch }) {
  const t = useTeamText();
  const language = useLanguage((state) => state.language);
  const now = useNow();
  const oversees = useOversees();
  const colleagues = useDirectory()?.operators;
  const { name, open, queued, members } = branch;
  return (
    <section className={css.branch} aria-label={name} data-testid="team-branch">
      <div className={css.head}>
        <h2 className={css.name}>{name}</h2>
        <span className={css.hours} data-open={open}>
          {hoursWords(t, language, branch, now)}
        </span>
        {queued > 0 && (
          <span className={css.queue} data-testid="team-queue">
            {t("queued", { count: queued })}
          </span>
        )}
      </div>
      {members.length === 0 && <p className={css.nobody}>{t("nobody")}</p>}
      <ul className={css.members}>
        {inReach(members, colleagues).map((member) => (
          <li key={member.id} className={css.member}>
            <Member member={member} />
          </li>
        ))}
      </ul>
      {oversees && <Given branch={branch} />}
    </section>
  );
}

function Given({ branch }: { branch: TeamBranch }) {
  const t = useTeamText();
  const [shown, setShown] = useState(false);
  return (
    <div className={css.given}>
      <button
        type="button"
        className={css.toggle}
        aria-expanded={shown}
        onClick={() => setShown(!shown)}
        data-testid="given-toggle"
      >
        <ChevronDown size={16} aria-hidden="true" /> {t("given")}
      </button>
      {shown && <Fairness branch={branch} />}
    </div>
  );
}
