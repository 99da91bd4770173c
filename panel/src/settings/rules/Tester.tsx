/** Which branch would get a visitor from there, and by which rule. */

import { Button, SegmentedControl, Select, TextInput } from "@mantine/core";
import type { KnownPlace, RouteTest, RouteTestRequest, Settings } from "@shared/wire";
import { Crosshair } from "lucide-react";
import { useState } from "react";
import { placeName } from "../../details/place";
import { useLanguage } from "../../i18n/language";
import { postRouteTest } from "../api";
import { branchName } from "../branches/data";
import formCss from "../Form.module.css";
import { useSettingsText } from "../i18n/text";
import { faults } from "../names";
import { refused } from "../refused";
import { Section } from "../Section";
import { useEditing } from "../useEditing";
import { looksLikeAddress } from "./address";
import { ruleName } from "./data";
import { PlaceSelect } from "./PlaceSelect";
import css from "./Rules.module.css";

interface Facts {
  by: "address" | "place";
  address: string;
  place: KnownPlace | null;
  inbox_id: string;
}

export function Tester({ company }: { company: Settings }) {
  const t = useSettingsText();
  const [found, setFound] = useState<RouteTest | null>(null);
  const first = company.inboxes[0];
  const initial: Facts = { by: "address", address: "", place: null, inbox_id: first?.id ?? "" };
  const editing = useEditing<Facts>({
    key: "route_test",
    initial,
    remembered: false,
    check: ({ by, address, place }) =>
      faults({
        address: by === "address" ? addressFault(address) : null,
        place: by === "place" && !place ? t("rules.placeMissing") : null,
      }),
    save: async (facts) => setFound(await postRouteTest(asked(facts))),
    refusal: (error) => refused(error, initial, { address: t("test.addressWrong") }),
  });
  const addressFault = (address: string) => {
    if (!address.trim()) return t("test.addressMissing");
    return looksLikeAddress(address) ? null : t("test.addressWrong");
  };
  const { values, faults: wrong, set, input } = editing;
  if (!first) {
    return (
      <Section title={t("test.title")}>
        <p className={css.hint}>{t("test.noInboxes")}</p>
      </Section>
    );
  }
  return (
    <Section title={t("test.title")} hint={t("test.lead")}>
      <form
        ref={editing.form}
        onSubmit={editing.submit}
        className={css.tester}
        noValidate
        data-testid="route-test"
      >
        <SegmentedControl
          className={css.by ?? ""}
          aria-label={t("test.by")}
          value={values.by}
          onChange={(by) => set("by", by as Facts["by"])}
          data={[
            { value: "address", label: t("test.byAddress") },
            { value: "place", label: t("test.byPlace") },
          ]}
          data-testid="test-by"
        />
        <div className={css.add}>
          {values.by === "address" ? (
            <TextInput
              {...input("address")}
              label={t("test.address")}
              placeholder="203.0.113.7"
              autoComplete="off"
              spellCheck={false}
              data-testid="test-address"
            />
          ) : (
            <PlaceSelect
              value={values.place}
              onChange={(place) => set("place", place)}
              error={wrong.place}
              testId="test-place"
            />
          )}
          <Select
            label={t("test.inbox")}
            value={values.inbox_id}
            data={company.inboxes.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(id) => id && set("inbox_id", id)}
            allowDeselect={false}
            data-testid="test-inbox"
          />
          <Button
            type="submit"
            variant="default"
            className={css.submit ?? ""}
            leftSection={<Crosshair size={16} />}
            loading={editing.saving}
            data-testid="test-run"
          >
            {t("test.run")}
          </Button>
        </div>
      </form>
      {wrong.form && (
        <p role="alert" className={formCss.error}>
          {wrong.form}
        </p>
      )}
      <div role="status">{found && <Found found={found} company={company} />}</div>
    </Section>
  );
}

function asked({ by, address, place, inbox_id }: Facts): RouteTestRequest {
  if (by === "address" || !place) return { inbox_id, address: address.trim() };
  return { inbox_id, place: { [place.scope]: place.place } };
}

function Found({ found, company }: { found: RouteTest; company: Settings }) {
  const t = useSettingsText();
  const language = useLanguage((state) => state.language);
  const { place, reason, rule, branch_id } = found;
  const matched = company.rules.find((each) => each.scope === reason && each.place === rule);
  const why =
    reason === "inbox" || reason === "no_rule" || reason === "no_region"
      ? t(`test.reason.${reason}`)
      : `${(matched && ruleName(matched, language)) ?? rule} (${t(`scope.${reason}`)})`;
  return (
    <dl className={css.found} data-testid="test-found">
      <dt>{t("test.place")}</dt>
      <dd>{placeName(place, language) ?? t("test.unknownPlace")}</dd>
      <dt>{t("test.rule")}</dt>
      <dd>{why}</dd>
      <dt>{t("test.branch")}</dt>
      <dd className={css.branch}>{branchName(company, branch_id) ?? branch_id}</dd>
    </dl>
  );
}
