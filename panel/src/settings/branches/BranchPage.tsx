/** A branch: its name and clock, hours, neighbours; or the form for another one. */

import { TextInput } from "@mantine/core";
import type { BranchSettings, Settings } from "@shared/wire";
import { Building2 } from "lucide-react";
import { useLocation } from "wouter";
import { notify } from "../../parts/notify";
import { useCompany } from "../data";
import { Empty } from "../Empty";
import { Form } from "../Form";
import form from "../Form.module.css";
import { HoursEditor } from "../hours/HoursEditor";
import { faultsOf, fromFields, toFields } from "../hours/hours";
import { Preview } from "../hours/Preview";
import { useSettingsText } from "../i18n/text";
import { Loaded } from "../Loaded";
import { faults, nameFault } from "../names";
import { PageHead } from "../PageHead";
import { refused } from "../refused";
import { Section } from "../Section";
import { useEditing } from "../useEditing";
import { ZoneSelect } from "../ZoneSelect";
import { ownZone } from "../zones";
import { branchName, saveBranch } from "./data";
import { Ending } from "./Ending";
import { Neighbours } from "./Neighbours";

const LIST = "/settings/branches";

/** `id` is `new` for another one. */
export function BranchPage({ id }: { id: string }) {
  const t = useSettingsText();
  const query = useCompany();
  const name = query.data && branchName(query.data, id);
  return (
    <>
      <PageHead
        title={id === "new" ? t("branch.new") : (name ?? t("branch.main"))}
        back={{ href: LIST, text: t("branch.back") }}
      />
      <Loaded query={query} failed={t("settings.loadFailed")}>
        {(company) => <Known id={id} company={company} />}
      </Loaded>
    </>
  );
}

function Known({ id, company }: { id: string; company: Settings }) {
  const t = useSettingsText();
  const branch = company.branches.find((each) => each.id === id) ?? null;
  if (!branch && id !== "new") {
    return <Empty Icon={Building2} title={t("settings.gone")} hint={t("settings.goneHint")} />;
  }
  return (
    <>
      <BranchForm branch={branch} company={company} />
      {branch && <Ending branch={branch} company={company} />}
    </>
  );
}

type Facts = Pick<BranchSettings, "name" | "time_zone" | "neighbours" | "hours">;

const factsOf = (branch: BranchSettings | null): Facts => ({
  name: branch?.name ?? "",
  time_zone: branch?.time_zone ?? ownZone(),
  neighbours: branch?.neighbours ?? [],
  hours: branch?.hours ? toFields(branch.hours) : null,
});

function BranchForm({ branch, company }: { branch: BranchSettings | null; company: Settings }) {
  const t = useSettingsText();
  const [, navigate] = useLocation();
  const save = async ({ hours, name, ...facts }: Facts) => {
    const sent = { ...facts, name: name.trim(), hours: hours && fromFields(hours) };
    await saveBranch(branch?.id ?? null, sent);
    notify(t("form.saved"));
    if (!branch) navigate(LIST);
  };
  const editing = useEditing<Facts>({
    key: `branch/${branch?.id ?? "new"}`,
    initial: factsOf(branch),
    check: ({ name, time_zone, hours }) =>
      faults({
        name: nameFault(t, name),
        time_zone: time_zone ? null : t("zone.missing"),
        hours: hours && faultsOf(hours).size ? t("hours.wrong") : null,
      }),
    save,
    refusal: (error) => refused(error, factsOf(null), { hours: t("hours.wrong") }),
  });
  const { values, faults: wrong, set, input } = editing;
  return (
    <Form editing={editing} submit={t(branch ? "form.save" : "branch.create")}>
      <Section title={t("branch.main")}>
        <div className={form.fields}>
          <TextInput
            {...input("name")}
            label={t("form.name")}
            description={t("branch.nameHint")}
            data-testid="branch-name"
          />
          <ZoneSelect
            value={values.time_zone}
            onChange={(zone) => set("time_zone", zone)}
            hint={t("branch.zoneHint")}
            error={wrong.time_zone}
          />
        </div>
      </Section>
      <Section title={t("branch.hours")} hint={t("branch.hoursHint")}>
        <HoursEditor value={values.hours} onChange={(hours) => set("hours", hours)} />
        {wrong.hours && <p className={form.error}>{wrong.hours}</p>}
        <Preview of="branch" hours={values.hours} timeZone={values.time_zone} />
      </Section>
      <Section title={t("branch.neighbours")} hint={t("branch.neighboursHint")}>
        <Neighbours
          own={branch?.id ?? null}
          company={company}
          value={values.neighbours}
          onChange={(neighbours) => set("neighbours", neighbours)}
          error={wrong.neighbours}
        />
      </Section>
    </Form>
  );
}
