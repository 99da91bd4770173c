/** The rules, and as the last of them the default branch. */

import { ActionIcon, TextInput } from "@mantine/core";
import type { RegionRule, Settings } from "@shared/wire";
import { Search, Trash2 } from "lucide-react";
import { useState } from "react";
import { Link } from "wouter";
import { useLanguage } from "../../i18n/language";
import { notify } from "../../parts/notify";
import { branchName } from "../branches/data";
import { useSettingsText } from "../i18n/text";
import { refusalWords } from "../refused";
import { focusHeading } from "../useArrival";
import { keyOf, removeRule, ruleName, rulesOf } from "./data";
import css from "./Rules.module.css";

/** So many fit on a screen: more want a search. */
const FEW = 8;

export function RulesTable({ company }: { company: Settings }) {
  const t = useSettingsText();
  const language = useLanguage((state) => state.language);
  const [wanted, setWanted] = useState("");
  const all = rulesOf(company, language);
  const shown = all.filter((rule) =>
    `${ruleName(rule, language)} ${rule.place} ${branchName(company, rule.branch_id)}`
      .toLowerCase()
      .includes(wanted.trim().toLowerCase()),
  );
  return (
    <>
      {all.length > FEW && (
        <TextInput
          className={css.search ?? ""}
          type="search"
          aria-label={t("rules.search")}
          placeholder={t("rules.search")}
          leftSection={<Search size={16} />}
          value={wanted}
          onChange={({ currentTarget }) => setWanted(currentTarget.value)}
          data-testid="rules-search"
        />
      )}
      <div className={css.frame}>
        <table className={css.table} data-testid="rules">
          <thead>
            <tr>
              <th scope="col">{t("rules.place")}</th>
              <th scope="col">{t("rules.branch")}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {shown.map((rule) => (
              <Row key={keyOf(rule)} rule={rule} company={company} />
            ))}
            {shown.length === 0 && (
              <tr>
                <td colSpan={3} className={css.hint}>
                  {t(all.length ? "rules.noneFound" : "rules.noneYet")}
                </td>
              </tr>
            )}
            <tr className={css.else} data-testid="rule-else">
              <th scope="row">
                {t("rules.else")}
                <small className={css.scope}>{t("rules.elseHint")}</small>
              </th>
              <td>{branchName(company, company.default_branch_id)}</td>
              <td>
                <Link href="/settings/branches" className={css.link}>
                  {t("rules.elseChange")}
                </Link>
              </td>
            </tr>
          </tbody>
        </table>
      </div>
    </>
  );
}

function Row({ rule, company }: { rule: RegionRule; company: Settings }) {
  const t = useSettingsText();
  const language = useLanguage((state) => state.language);
  const [busy, setBusy] = useState(false);
  const place = ruleName(rule, language);
  const remove = async () => {
    setBusy(true);
    try {
      await removeRule(rule);
      notify(t("rules.deleted", { place }));
      focusHeading();
    } catch (error) {
      setBusy(false);
      notify(refusalWords(error));
    }
  };
  return (
    <tr data-testid="rule">
      <th scope="row">
        {place}
        <small className={css.scope}>
          {t(`scope.${rule.scope}`)}
          {rule.scope !== "city" && <code className={css.code}>{rule.place}</code>}
        </small>
      </th>
      <td>{branchName(company, rule.branch_id)}</td>
      <td>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={34}
          loading={busy}
          onClick={() => void remove()}
          aria-label={t("rules.delete", { place })}
          data-testid="rule-delete"
        >
          <Trash2 size={16} />
        </ActionIcon>
      </td>
    </tr>
  );
}
