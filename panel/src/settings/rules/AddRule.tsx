/** Another rule: a place, and the branch that it leads to. */

import { Button, Select } from "@mantine/core";
import type { KnownPlace, Settings } from "@shared/wire";
import { Plus } from "lucide-react";
import { notify } from "../../parts/notify";
import { branchesOf, branchName } from "../branches/data";
import formCss from "../Form.module.css";
import { useSettingsText } from "../i18n/text";
import { faults } from "../names";
import { refused } from "../refused";
import { Section } from "../Section";
import { useEditing } from "../useEditing";
import { keyOf, saveRule } from "./data";
import { PlaceSelect } from "./PlaceSelect";
import css from "./Rules.module.css";

interface Facts {
  place: KnownPlace | null;
  branch_id: string | null;
}

const NOTHING: Facts = { place: null, branch_id: null };

export function AddRule({ company }: { company: Settings }) {
  const t = useSettingsText();
  const editing = useEditing<Facts>({
    key: "rule",
    initial: NOTHING,
    check: ({ place, branch_id }) =>
      faults({
        place: place ? null : t("rules.placeMissing"),
        branch_id: branch_id ? null : t("rules.branchMissing"),
      }),
    save: async ({ place, branch_id }) => {
      if (!place || !branch_id) return;
      await saveRule({ scope: place.scope, place: place.place, branch_id });
      notify(t("form.saved"));
      editing.form.current?.querySelector("input")?.focus();
    },
    refusal: (error) => refused(error, NOTHING),
  });
  const { values, faults: wrong, set } = editing;
  const former = company.rules.find((each) => values.place && keyOf(each) === keyOf(values.place));
  return (
    <Section title={t("rules.addTitle")}>
      <form
        ref={editing.form}
        onSubmit={editing.submit}
        className={css.add}
        noValidate
        data-testid="rule-form"
      >
        <PlaceSelect
          value={values.place}
          onChange={(place) => set("place", place)}
          error={wrong.place}
          testId="rule-place"
        />
        <Select
          label={t("rules.branch")}
          value={values.branch_id}
          data={branchesOf(company).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(branch_id) => set("branch_id", branch_id)}
          nothingFoundMessage={t("form.nothingFound")}
          error={wrong.branch_id}
          allowDeselect={false}
          searchable
          data-testid="rule-branch"
        />
        <Button
          type="submit"
          className={css.submit ?? ""}
          leftSection={<Plus size={17} />}
          loading={editing.saving}
          data-testid="rule-add"
        >
          {t("rules.add")}
        </Button>
      </form>
      {former && (
        <p className={css.hint}>
          {t("rules.replaces", { branch: branchName(company, former.branch_id) ?? "" })}
        </p>
      )}
      {wrong.form && (
        <p role="alert" className={formCss.error} data-testid="rule-error">
          {wrong.form}
        </p>
      )}
    </Section>
  );
}
