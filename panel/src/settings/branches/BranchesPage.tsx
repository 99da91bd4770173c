/** All branches: what o'clock it is there, whether they are open, who works there; and the default one. */

import { Button, Select } from "@mantine/core";
import type { BranchSettings, Settings } from "@shared/wire";
import { Building2, ChevronRight, Plus } from "lucide-react";
import { Link } from "wouter";
import { useLanguage } from "../../i18n/language";
import { useNow } from "../../i18n/now";
import { notify } from "../../parts/notify";
import { useCompany, useOperators } from "../data";
import { Empty } from "../Empty";
import { OpenState } from "../hours/OpenState";
import { useSettingsText } from "../i18n/text";
import css from "../List.module.css";
import { Loaded } from "../Loaded";
import { PageHead } from "../PageHead";
import { refusalWords } from "../refused";
import { clockIn, zoneCity } from "../zones";
import own from "./Branches.module.css";
import { branchesOf, chooseDefault } from "./data";

export function BranchesPage() {
  const t = useSettingsText();
  return (
    <>
      <PageHead
        title={t("branches.title")}
        lead={t("branches.lead")}
        action={
          <Button
            component={Link}
            href="/settings/branches/new"
            leftSection={<Plus size={17} />}
            data-testid="branch-add"
          >
            {t("branches.add")}
          </Button>
        }
      />
      <Loaded query={useCompany()} failed={t("settings.loadFailed")}>
        {(company) => <Known company={company} />}
      </Loaded>
    </>
  );
}

function Known({ company }: { company: Settings }) {
  const t = useSettingsText();
  const { data: operators } = useOperators();
  const branches = branchesOf(company);
  if (!branches.length) {
    return <Empty Icon={Building2} title={t("branches.empty")} hint={t("branches.emptyHint")} />;
  }
  const working = (id: string) =>
    operators?.filter(({ branch_id, active }) => active && branch_id === id).length;
  return (
    <>
      <ul className={css.list}>
        {branches.map((branch) => (
          <li key={branch.id}>
            <Row
              branch={branch}
              isDefault={branch.id === company.default_branch_id}
              operators={working(branch.id)}
            />
          </li>
        ))}
      </ul>
      <DefaultBranch branches={branches} chosen={company.default_branch_id} />
    </>
  );
}

interface RowProps {
  branch: BranchSettings;
  isDefault: boolean;
  /** Undefined: not known yet. */
  operators: number | undefined;
}

function Row({ branch, isDefault, operators }: RowProps) {
  const t = useSettingsText();
  const { id, name, time_zone, hours } = branch;
  return (
    <Link href={`/settings/branches/${id}`} className={css.row} data-testid="branch">
      <span className={css.what}>
        <span className={css.name}>
          {name}
          {isDefault && <span className={css.chip}>{t("branches.defaultMark")}</span>}
        </span>
        <span className={css.facts}>
          <LocalTime zone={time_zone} />
          <OpenState branch={{ time_zone, hours }} timeZone={time_zone} />
        </span>
      </span>
      <span className={css.side}>
        {operators === 0 && t("branches.noOperators")}
        {Boolean(operators) && t("branches.operators", { count: operators ?? 0 })}
      </span>
      <ChevronRight size={17} className={css.chevron} aria-hidden="true" />
    </Link>
  );
}

function LocalTime({ zone }: { zone: string }) {
  const language = useLanguage((state) => state.language);
  const now = useNow(20_000);
  return (
    <span>
      {clockIn(zone, language, now)} {zoneCity(zone, language)}
    </span>
  );
}

function DefaultBranch({ branches, chosen }: { branches: BranchSettings[]; chosen: string }) {
  const t = useSettingsText();
  const choose = (id: string | null) => {
    if (!id || id === chosen) return;
    chooseDefault(id).then(
      () => notify(t("form.saved")),
      (error) => notify(refusalWords(error)),
    );
  };
  return (
    <Select
      className={own.default ?? ""}
      label={t("branches.default")}
      description={t("branches.defaultHint")}
      value={chosen || null}
      data={branches.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={choose}
      allowDeselect={false}
      data-testid="default-branch"
    />
  );
}
