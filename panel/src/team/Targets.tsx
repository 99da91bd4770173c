/** Every branch with whoever is there: one choice among all of them. */

import type { TeamBranch } from "@shared/wire";
import { Shuffle } from "lucide-react";
import { useLanguage } from "../i18n/language";
import { useNow } from "../i18n/now";
import { useDirectory } from "../queries";
import type { Target } from "../threads/actions";
import { freeOf, hoursWords, inReach } from "./crew";
import { useTeamText } from "./i18n";
import { Member } from "./Member";
import css from "./Targets.module.css";

interface Props {
  branches: readonly TeamBranch[];
  /** Who has the conversation now. */
  holder: string | null;
  chosen: Target | null;
  onChoose: (target: Target) => void;
}

export function Targets({ branches, holder, chosen, onChoose }: Props) {
  const t = useTeamText();
  const colleagues = useDirectory()?.operators;
  if (!branches.length) return <p className={css.nothing}>{t("nothing")}</p>;
  return (
    <fieldset className={css.targets}>
      <legend className={css.legend}>{t("target")}</legend>
      {branches.map((branch) => (
        <section key={branch.id} className={css.branch} data-branch={branch.id}>
          <Head branch={branch} />
          <Choice
            value={`branch ${branch.id}`}
            checked={chosen !== null && "branch_id" in chosen && chosen.branch_id === branch.id}
            onChoose={() => onChoose({ branch_id: branch.id })}
          >
            <FirstFree branch={branch} holder={holder} />
          </Choice>
          {inReach(branch.members, colleagues).map((member) => (
            <Choice
              key={member.id}
              value={`operator ${member.id}`}
              disabled={member.id === holder}
              checked={
                chosen !== null && "operator_id" in chosen && chosen.operator_id === member.id
              }
              onChoose={() => onChoose({ operator_id: member.id })}
            >
              <Member member={member} words={member.id === holder ? t("has") : undefined} />
            </Choice>
          ))}
        </section>
      ))}
    </fieldset>
  );
}

function Head({ branch }: { branch: TeamBranch }) {
  const t = useTeamText();
  const language = useLanguage((state) => state.language);
  const now = useNow();
  return (
    <div className={css.head}>
      <h3 className={css.name}>{branch.name}</h3>
      <span className={css.hours} data-open={branch.open}>
        {hoursWords(t, language, branch, now)}
      </span>
      {branch.queued > 0 && (
        <span className={css.queue}>{t("queued", { count: branch.queued })}</span>
      )}
    </div>
  );
}

function FirstFree({ branch, holder }: { branch: TeamBranch; holder: string | null }) {
  const t = useTeamText();
  const free = freeOf(branch, holder);
  return (
    <span className={css.first}>
      <span className={css.icon}>
        <Shuffle size={17} aria-hidden="true" />
      </span>
      <span className={css.words}>
        <span className={css.title}>{t("firstFree")}</span>
        <span className={css.hint}>
          {free ? t("firstFreeHint", { count: free }) : t("firstFreeNone")}
        </span>
      </span>
    </span>
  );
}

interface ChoiceProps {
  value: string;
  checked: boolean;
  disabled?: boolean;
  onChoose: () => void;
  children: React.ReactNode;
}

function Choice({ value, checked, disabled = false, onChoose, children }: ChoiceProps) {
  return (
    <label className={css.choice} data-disabled={disabled || undefined}>
      <input
        type="radio"
        name="transfer-target"
        className={css.radio}
        value={value}
        checked={checked}
        disabled={disabled}
        onChange={onChoose}
        data-testid="transfer-target"
      />
      {children}
    </label>
  );
}
