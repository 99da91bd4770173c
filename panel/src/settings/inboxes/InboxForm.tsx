/** The form of an inbox, section by section. */

import { MultiSelect, Select, Switch, Textarea, TextInput } from "@mantine/core";
import type { InboxSettings, OperatorRecord, Settings } from "@shared/wire";
import { useLocation } from "wouter";
import { notify } from "../../parts/notify";
import { branchesOf } from "../branches/data";
import { Form } from "../Form";
import form from "../Form.module.css";
import { HoursEditor } from "../hours/HoursEditor";
import { Preview } from "../hours/Preview";
import { useSettingsText } from "../i18n/text";
import { refused } from "../refused";
import { Section } from "../Section";
import { type Editing, useEditing } from "../useEditing";
import { ZoneSelect } from "../ZoneSelect";
import { Absence } from "./Absence";
import { Appearance } from "./Appearance";
import { AutoReply } from "./AutoReply";
import { DurationInput } from "./DurationInput";
import { saveInbox } from "./data";
import { BY_REGION, check, type Facts, FILE_KINDS, factsOf, sitesFault, toSend } from "./facts";
import { Guarding } from "./Guarding";
import { RatingChoice } from "./RatingChoice";

interface Props {
  inbox: InboxSettings | null;
  company: Settings;
  operators: OperatorRecord[];
}

export function InboxForm({ inbox, company, operators }: Props) {
  const t = useSettingsText();
  const [, navigate] = useLocation();
  const initial = factsOf(inbox);
  const editing = useEditing<Facts>({
    key: `inbox/${inbox?.id ?? "new"}`,
    initial,
    check: (facts) => check(t, facts),
    save: async (facts) => {
      const { id } = await saveInbox(inbox?.id ?? null, toSend(facts));
      notify(t("form.saved"));
      if (!inbox) navigate(`/settings/inboxes/${id}`);
    },
    refusal: (error) => refused(error, initial, { hours: t("hours.wrong") }),
  });
  return (
    <Form editing={editing} submit={t(inbox ? "form.save" : "inbox.create")}>
      <Main editing={editing} company={company} />
      <Members editing={editing} operators={operators} />
      <Times editing={editing} />
      <OpenHours editing={editing} company={company} />
      <Absence editing={editing} />
      <AutoReply editing={editing} />
      <RatingChoice editing={editing} />
      <Appearance editing={editing} inbox={inbox} />
      <Sites editing={editing} />
      <Guarding editing={editing} />
      <Files editing={editing} />
      <Section title={t("inbox.features")}>
        <Switch
          checked={editing.values.realtime}
          onChange={({ currentTarget }) => editing.set("realtime", currentTarget.checked)}
          label={t("inbox.realtime")}
          description={t("inbox.realtimeHint")}
          withThumbIndicator={false}
          data-testid="inbox-realtime"
        />
      </Section>
    </Form>
  );
}

interface PartProps {
  editing: Editing<Facts>;
}

function Main({ editing, company }: PartProps & { company: Settings }) {
  const t = useSettingsText();
  const { values, faults, set, input } = editing;
  return (
    <Section title={t("inbox.main")}>
      <div className={form.fields}>
        <TextInput
          {...input("name")}
          label={t("form.name")}
          description={t("inbox.nameHint")}
          data-testid="inbox-name"
        />
        <Select
          label={t("inbox.branch")}
          description={t("inbox.branchHint")}
          value={values.branch_id}
          data={[
            { value: BY_REGION, label: t("inboxes.byRegion") },
            ...branchesOf(company).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(branch) => set("branch_id", branch ?? BY_REGION)}
          error={faults.branch_id}
          allowDeselect={false}
          data-testid="inbox-branch"
        />
      </div>
    </Section>
  );
}

function Members({ editing, operators }: PartProps & { operators: OperatorRecord[] }) {
  const t = useSettingsText();
  const { values, faults, set } = editing;
  const offered = operators.filter(({ id, active }) => active || values.members.includes(id));
  return (
    <Section title={t("inbox.members")}>
      <MultiSelect
        label={t("inbox.membersLabel")}
        description={t("inbox.membersHint")}
        placeholder={values.members.length ? "" : t("inboxes.everybody")}
        value={values.members}
        data={offered.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }))}
        onChange={(members) => set("members", members)}
        nothingFoundMessage={t("form.nothingFound")}
        error={faults.members}
        searchable
        data-testid="inbox-members"
      />
    </Section>
  );
}

function Times({ editing }: PartProps) {
  const t = useSettingsText();
  const { values, faults, set } = editing;
  return (
    <Section title={t("inbox.times")}>
      <div className={form.fields}>
        <DurationInput
          label={t("inbox.escalate")}
          hint={t("inbox.escalateHint")}
          value={values.escalate_after}
          onChange={(duration) => set("escalate_after", duration)}
          error={faults.escalate_after}
          testId="inbox-escalate"
        />
        <DurationInput
          label={t("inbox.alert")}
          hint={t("inbox.alertHint")}
          value={values.alert_after}
          onChange={(duration) => set("alert_after", duration)}
          error={faults.alert_after}
          testId="inbox-alert"
        />
      </div>
    </Section>
  );
}

function OpenHours({ editing, company }: PartProps & { company: Settings }) {
  const t = useSettingsText();
  const { values, faults, set } = editing;
  const branch = company.branches.find(({ id }) => id === values.branch_id);
  return (
    <Section title={t("inbox.hours")} hint={t("inbox.hoursHint")}>
      <HoursEditor value={values.hours} onChange={(hours) => set("hours", hours)} />
      {faults.hours && <p className={form.error}>{faults.hours}</p>}
      {values.hours && (
        <div className={form.fields}>
          <ZoneSelect
            value={values.time_zone}
            onChange={(zone) => set("time_zone", zone)}
            error={faults.time_zone}
          />
        </div>
      )}
      <Preview
        of="inbox"
        hours={values.hours}
        timeZone={values.time_zone}
        other={branch ? { time_zone: branch.time_zone, hours: branch.hours } : null}
      />
    </Section>
  );
}

function Files({ editing }: PartProps) {
  const t = useSettingsText();
  const { values, faults, set, input } = editing;
  return (
    <Section title={t("inbox.files")}>
      <Switch
        checked={values.files}
        onChange={({ currentTarget }) => set("files", currentTarget.checked)}
        label={t("inbox.filesOn")}
        description={t("inbox.filesHint")}
        withThumbIndicator={false}
        data-testid="inbox-files"
      />
      {values.files && (
        <div className={form.fields}>
          <TextInput
            {...input("files_mb")}
            label={t("inbox.filesSize")}
            inputMode="decimal"
            data-testid="inbox-files-size"
          />
          <MultiSelect
            label={t("inbox.filesKinds")}
            value={values.files_kinds}
            data={FILE_KINDS.map((kind) => ({ value: kind, label: t(`inbox.files_${kind}`) }))}
            onChange={(kinds) => set("files_kinds", kinds)}
            error={faults.files_kinds}
            data-testid="inbox-files-kinds"
          />
        </div>
      )}
    </Section>
  );
}

function Sites({ editing }: PartProps) {
  const t = useSettingsText();
  const { values, faults, input } = editing;
  return (
    <Section title={t("inbox.sites")}>
      <Textarea
        {...input("allowed_domains")}
        label={t("inbox.sitesLabel")}
        description={t("inbox.sitesHint")}
        placeholder={"shop.example\n*.shop.example"}
        error={
          faults.allowed_domains &&
          (sitesFault(t, values.allowed_domains) ?? faults.allowed_domains)
        }
        rows={4}
        spellCheck={false}
        data-testid="inbox-sites"
      />
    </Section>
  );
}
