/** Which region leads to which branch, and a place to try it. */

import { Button } from "@mantine/core";
import type { Settings } from "@shared/wire";
import { Building2 } from "lucide-react";
import { Link } from "wouter";
import { useCompany } from "../data";
import { Empty } from "../Empty";
import { useSettingsText } from "../i18n/text";
import { Loaded } from "../Loaded";
import { PageHead } from "../PageHead";
import { AddRule } from "./AddRule";
import { RulesTable } from "./RulesTable";
import { Tester } from "./Tester";

export function RulesPage() {
  const t = useSettingsText();
  return (
    <>
      <PageHead title={t("rules.title")} lead={t("rules.lead")} />
      <Loaded query={useCompany()} failed={t("settings.loadFailed")}>
        {(company) => <Known company={company} />}
      </Loaded>
    </>
  );
}

function Known({ company }: { company: Settings }) {
  const t = useSettingsText();
  if (!company.branches.length) {
    return (
      <>
        <Empty Icon={Building2} title={t("rules.noBranches")} hint={t("rules.noBranchesHint")} />
        <div>
          <Button component={Link} href="/settings/branches">
            {t("rules.toBranches")}
          </Button>
        </div>
      </>
    );
  }
  return (
    <>
      <AddRule company={company} />
      <RulesTable company={company} />
      <Tester company={company} />
    </>
  );
}
