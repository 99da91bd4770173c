/** At the end of a branch's page: making it the default one, and deleting it. */

import { Button } from "@mantine/core";
import type { BranchSettings, OperatorRecord, Settings } from "@shared/wire";
import { Star, Trash2 } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { notify } from "../../parts/notify";
import { Confirm } from "../Confirm";
import { useOperators } from "../data";
import { dropDraft } from "../drafts";
import { type SettingsText, useSettingsText } from "../i18n/text";
import { refusalWords } from "../refused";
import css from "./Branches.module.css";
import { chooseDefault, removeBranch } from "./data";

interface Props {
  branch: BranchSettings;
  company: Settings;
}

export function Ending({ branch, company }: Props) {
  const t = useSettingsText();
  const { data: operators = [] } = useOperators();
  if (company.default_branch_id === branch.id) {
    return <p className={css.hint}>{t("branch.isDefault")}</p>;
  }
  return (
    <div className={css.end}>
      <MakeDefault id={branch.id} />
      <Delete branch={branch} used={uses(t, branch, company, operators)} />
    </div>
  );
}

function MakeDefault({ id }: { id: string }) {
  const t = useSettingsText();
  const make = () =>
    chooseDefault(id).then(
      () => notify(t("form.saved")),
      (error) => notify(refusalWords(error)),
    );
  return (
    <Button
      variant="default"
      leftSection={<Star size={16} />}
      onClick={() => void make()}
      data-testid="branch-make-default"
    >
      {t("branch.makeDefault")}
    </Button>
  );
}

function Delete({ branch, used }: { branch: BranchSettings; used: string[] }) {
  const t = useSettingsText();
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    await removeBranch(branch.id);
    dropDraft(`branch/${branch.id}`);
    navigate("/settings/branches", { replace: true });
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={<Trash2 size={16} />}
        onClick={() => setAsking(true)}
        data-testid="branch-delete"
      >
        {t("branch.delete")}
      </Button>
      <Confirm
        title={t("branch.deleteTitle", { name: branch.name })}
        opened={asking}
        onClose={() => setAsking(false)}
        confirm={t("form.delete")}
        blocked={used.length > 0}
        onConfirm={remove}
        words={refusalWords}
      >
        {used.length ? (
          <>
            <p>{t("branch.cannotDelete")}</p>
            <ul className={css.used} data-testid="branch-used">
              {used.map((each) => (
                <li key={each}>{each}</li>
              ))}
            </ul>
          </>
        ) : (
          <p>{t("branch.deleteLead")}</p>
        )}
      </Confirm>
    </>
  );
}

/** Where a branch stands: the server refuses to delete it while there is any. */
function uses(
  t: SettingsText,
  { id }: BranchSettings,
  { rules, inboxes }: Settings,
  operators: OperatorRecord[],
): string[] {
  const people = operators.filter(({ branch_id }) => branch_id === id).length;
  const leading = rules.filter(({ branch_id }) => branch_id === id).length;
  return [
    ...(people ? [t("branch.usedOperators", { count: people })] : []),
    ...(leading ? [t("branch.usedRules", { count: leading })] : []),
    ...inboxes
      .filter(({ branch_id }) => branch_id === id)
      .map(({ name }) => t("branch.usedInbox", { name })),
  ];
}
