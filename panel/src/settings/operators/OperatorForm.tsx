/** Name, e-mail, role, branch and how much at once. */

import { Select, TextInput } from "@mantine/core";
import { ApiError } from "@shared/api";
import type { OperatorRecord, OperatorRequest, Settings } from "@shared/wire";
import { notify } from "../../parts/notify";
import { useOperator } from "../../session/store";
import { branchesOf } from "../branches/data";
import { Form } from "../Form";
import form from "../Form.module.css";
import { type SettingsText, useSettingsText } from "../i18n/text";
import { faults, nameFault } from "../names";
import { refused } from "../refused";
import { Section } from "../Section";
import { useEditing } from "../useEditing";
import { addOperator, changeFacts } from "./data";

type Role = OperatorRecord["role"];

const ROLES: readonly Role[] = ["operator", "supervisor", "admin"];
const COMPANY = "-";
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

interface Facts {
  name: string;
  email: string;
  role: Role;
  /** `-`: the whole company. */
  branch_id: string | null;
  capacity: string;
}

interface Props {
  /** Null: another one. */
  operator: OperatorRecord | null;
  company: Settings;
  onLink: (link: { name: string; url: string }) => void;
}

export function OperatorForm({ operator, company, onLink }: Props) {
  const t = useSettingsText();
  const own = useOperator().id === operator?.id;
  const branches = branchesOf(company);
  const initial = factsOf(operator, branches.length === 1 ? (branches[0]?.id ?? null) : null);
  const editing = useEditing<Facts>({
    key: `operator/${operator?.id ?? "new"}`,
    initial,
    check: (facts) => check(t, facts),
    save: async (facts) => {
      const sent = toSend(facts);
      if (operator) {
        await changeFacts(operator.id, sent);
        notify(t("form.saved"));
      } else {
        const { invitation_url } = await addOperator(sent);
        onLink({ name: sent.name, url: invitation_url });
      }
    },
    refusal: (error) => refused(error, initial, { email: emailRefusal(t, error) }),
  });
  const { values, faults: wrong, set, input } = editing;
  const everywhere =
    values.role === "operator" ? [] : [{ value: COMPANY, label: t("operators.wholeCompany") }];
  return (
    <Form editing={editing} submit={t(operator ? "form.save" : "operator.create")}>
      <Section title={t("operator.main")}>
        <div className={form.fields}>
          <TextInput
            {...input("name")}
            label={t("operator.nameLabel")}
            description={t("operator.nameHint")}
            autoComplete="off"
            data-testid="operator-name"
          />
          <TextInput
            {...input("email")}
            label={t("operator.email")}
            description={t("operator.emailHint")}
            type="email"
            autoComplete="off"
            spellCheck={false}
            data-testid="operator-email"
          />
          <Select
            label={t("operator.role")}
            description={t(`role.${values.role}Hint`)}
            value={values.role}
            data={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
            onChange={(role) => {
              if (!role) return;
              set("role", role);
              if (role === "operator" && values.branch_id === COMPANY) set("branch_id", null);
            }}
            disabled={own}
            error={wrong.role}
            allowDeselect={false}
            data-testid="operator-role"
          />
          <Select
            label={t("operators.branch")}
            description={t("operators.branchHint")}
            value={values.branch_id}
            data={[...everywhere, ...branches.map(({ id, name }) => ({ value: id, label: name }))]}
            onChange={(branch) => set("branch_id", branch)}
            nothingFoundMessage={t("form.nothingFound")}
            error={wrong.branch_id}
            allowDeselect={false}
            searchable
            data-testid="operator-branch"
          />
          <TextInput
            {...input("capacity")}
            label={t("operator.capacity")}
            description={t("operator.capacityHint")}
            inputMode="numeric"
            data-testid="operator-capacity"
          />
        </div>
      </Section>
    </Form>
  );
}

function factsOf(operator: OperatorRecord | null, onlyBranch: string | null): Facts {
  if (!operator) {
    return { name: "", email: "", role: "operator", branch_id: onlyBranch, capacity: "10" };
  }
  const { name, email, role, branch_id, capacity } = operator;
  return { name, email, role, branch_id: branch_id ?? COMPANY, capacity: String(capacity) };
}

function toSend({ name, email, role, branch_id, capacity }: Facts): OperatorRequest {
  return {
    name: name.trim(),
    email: email.trim(),
    role,
    branch_id: branch_id === COMPANY ? null : branch_id,
    capacity: Number(capacity),
  };
}

function check(t: SettingsText, { name, email, role, branch_id, capacity }: Facts) {
  const number = /^\s*\d+\s*$/.test(capacity) ? Number(capacity) : 0;
  const noBranch = branch_id === null || (role === "operator" && branch_id === COMPANY);
  return faults({
    name: nameFault(t, name, "operator.nameMissing"),
    email: emailFault(t, email),
    branch_id: noBranch ? t("operator.branchMissing") : null,
    capacity: number >= 1 && number <= 100 ? null : t("operator.capacityWrong"),
  });
}

function emailFault(t: SettingsText, email: string): string | null {
  if (!email.trim()) return t("operator.emailMissing");
  return EMAIL.test(email.trim()) ? null : t("operator.emailMalformed");
}

const emailRefusal = (t: SettingsText, error: unknown) =>
  error instanceof ApiError && error.code === "email_taken"
    ? t("operator.emailTaken")
    : t("operator.emailMalformed");
