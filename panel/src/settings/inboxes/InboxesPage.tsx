/** All inboxes: where their conversations go, who answers, whether they are open. */

import { Button } from "@mantine/core";
import type { InboxSettings, Settings } from "@shared/wire";
import { ChevronRight, Plus, Inbox as Sign } from "lucide-react";
import { Link } from "wouter";
import { branchName } from "../branches/data";
import { useCompany } from "../data";
import { Empty } from "../Empty";
import { OpenState } from "../hours/OpenState";
import { useSettingsText } from "../i18n/text";
import css from "../List.module.css";
import { Loaded } from "../Loaded";
import { PageHead } from "../PageHead";
import { inboxesOf } from "./data";

export function InboxesPage() {
  const t = useSettingsText();
  return (
    <>
      <PageHead
        title={t("inboxes.title")}
        lead={t("inboxes.lead")}
        action={
          <Button
            component={Link}
            href="/settings/inboxes/new"
            leftSection={<Plus size={17} />}
            data-testid="inbox-add"
          >
            {t("inboxes.add")}
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
  const inboxes = inboxesOf(company);
  if (!inboxes.length) {
    return <Empty Icon={Sign} title={t("inboxes.empty")} hint={t("inboxes.emptyHint")} />;
  }
  return (
    <ul className={css.list}>
      {inboxes.map((inbox) => (
        <li key={inbox.id}>
          <Row inbox={inbox} branch={branchName(company, inbox.branch_id)} />
        </li>
      ))}
    </ul>
  );
}

function Row({ inbox, branch }: { inbox: InboxSettings; branch: string | null }) {
  const t = useSettingsText();
  const { id, name, members, time_zone, hours } = inbox;
  return (
    <Link href={`/settings/inboxes/${id}`} className={css.row} data-testid="inbox">
      <span className={css.what}>
        <span className={css.name}>{name}</span>
        <span className={css.facts}>
          <OpenState inbox={{ time_zone, hours }} timeZone={time_zone} />
          <span>{branch ?? t("inboxes.byRegion")}</span>
          <span>
            {members.length
              ? t("inboxes.members", { count: members.length })
              : t("inboxes.everybody")}
          </span>
        </span>
      </span>
      <ChevronRight size={17} className={css.chevron} aria-hidden="true" />
    </Link>
  );
}
