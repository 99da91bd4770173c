/** Everybody who works in the panel, to be found by name and branch. */

import { Button, Select, TextInput } from "@mantine/core";
import type { OperatorRecord, Settings } from "@shared/wire";
import { ChevronRight, Search, UserPlus, Users } from "lucide-react";
import { useState } from "react";
import { Link } from "wouter";
import { Avatar } from "../../parts/Avatar";
import { branchesOf, branchName } from "../branches/data";
import { useCompany, useOperators } from "../data";
import { Empty } from "../Empty";
import { useSettingsText } from "../i18n/text";
import list from "../List.module.css";
import { Loaded } from "../Loaded";
import { PageHead } from "../PageHead";
import { found, stateOf } from "./data";
import css from "./Operators.module.css";

const EVERYWHERE = "*";
const COMPANY = "-";

export function OperatorsPage() {
  const t = useSettingsText();
  const company = useCompany();
  return (
    <>
      <PageHead
        title={t("operators.title")}
        lead={t("operators.lead")}
        action={
          <Button
            component={Link}
            href="/settings/operators/new"
            leftSection={<UserPlus size={17} />}
            data-testid="operator-add"
          >
            {t("operators.add")}
          </Button>
        }
      />
      <Loaded query={useOperators()} failed={t("settings.loadFailed")}>
        {(operators) => (
          <Loaded query={company} failed={t("settings.loadFailed")}>
            {(known) => <Known operators={operators} company={known} />}
          </Loaded>
        )}
      </Loaded>
    </>
  );
}

function Known({ operators, company }: { operators: OperatorRecord[]; company: Settings }) {
  const t = useSettingsText();
  const [typed, setTyped] = useState("");
  const [where, setWhere] = useState(EVERYWHERE);
  const branch = where === EVERYWHERE ? undefined : where === COMPANY ? null : where;
  const shown = found(operators, typed, branch);
  return (
    <>
      <div className={css.filters}>
        <TextInput
          className={css.search ?? ""}
          type="search"
          aria-label={t("operators.search")}
          placeholder={t("operators.search")}
          leftSection={<Search size={16} />}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          data-testid="operators-search"
        />
        <Select
          className={css.where ?? ""}
          aria-label={t("operators.branch")}
          value={where}
          data={[
            { value: EVERYWHERE, label: t("operators.allBranches") },
            ...branchesOf(company).map(({ id, name }) => ({ value: id, label: name })),
            { value: COMPANY, label: t("operators.wholeCompany") },
          ]}
          onChange={(value) => setWhere(value ?? EVERYWHERE)}
          allowDeselect={false}
          data-testid="operators-branch"
        />
        <p className={css.count} role="status">
          {t("operators.found", { count: shown.length })}
        </p>
      </div>
      {shown.length ? (
        <ul className={list.list} data-testid="operators">
          {shown.map((operator) => (
            <li key={operator.id}>
              <Row operator={operator} company={company} />
            </li>
          ))}
        </ul>
      ) : (
        <Empty Icon={Users} title={t("operators.noneFound")} hint={t("operators.noneFoundHint")} />
      )}
    </>
  );
}

function Row({ operator, company }: { operator: OperatorRecord; company: Settings }) {
  const t = useSettingsText();
  const { id, name, email, role, branch_id, capacity, photo } = operator;
  const state = stateOf(operator);
  return (
    <Link
      href={`/settings/operators/${id}`}
      className={list.row}
      data-testid="operator"
      data-state={state}
    >
      <span className={css.face} data-state={state}>
        <Avatar id={id} name={name} photo={photo} size={38} />
      </span>
      <span className={list.what}>
        <span className={list.name}>
          {name}
          {state !== "active" && (
            <span className={css.state} data-state={state}>
              {t(`state.${state}`)}
            </span>
          )}
        </span>
        <span className={css.email}>
          {email.slice(0, email.indexOf("@") + 1)}
          <wbr />
          {email.slice(email.indexOf("@") + 1)}
        </span>
      </span>
      <span className={css.place}>
        <span>{t(`role.${role}`)}</span>
        <span className={css.dim}>
          {branchName(company, branch_id) ?? t("operators.wholeCompany")}
        </span>
      </span>
      <span className={css.capacity} title={t("operator.capacity")}>
        {t("operators.capacity", { count: capacity })}
      </span>
      <ChevronRight size={17} className={list.chevron} aria-hidden="true" />
    </Link>
  );
}
