/** A country, region or city, found by its name. */

import { type ComboboxItem, Loader, Select } from "@mantine/core";
import type { KnownPlace } from "@shared/wire";
import { useState } from "react";
import { useLanguage } from "../../i18n/language";
import { useSettingsText } from "../i18n/text";
import { fullName, keyOf, usePlaces } from "./data";
import css from "./Rules.module.css";

interface Props {
  value: KnownPlace | null;
  onChange: (place: KnownPlace | null) => void;
  error?: string | undefined;
  testId: string;
}

interface Option extends ComboboxItem {
  place: KnownPlace;
}

export function PlaceSelect({ value, onChange, error, testId }: Props) {
  const t = useSettingsText();
  const language = useLanguage((state) => state.language);
  const label = (place: KnownPlace) => fullName(place, language);
  const [typed, setTyped] = useState(value ? label(value) : "");
  const searched = value && typed === label(value) ? "" : typed;
  const { data, isFetching, isError } = usePlaces(searched);
  const found = searched ? (data ?? []) : [];
  const places =
    value && !found.some((each) => keyOf(each) === keyOf(value)) ? [value, ...found] : found;
  const options: Option[] = places.map((place) => ({
    value: keyOf(place),
    label: label(place),
    place,
  }));
  const shown = searched ? options.filter(({ place }) => found.includes(place)) : options;
  return (
    <Select
      label={t("rules.place")}
      placeholder={t("rules.placeHint")}
      value={value && keyOf(value)}
      data={options}
      filter={() => shown}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(key) => onChange(places.find((each) => keyOf(each) === key) ?? null)}
      renderOption={({ option }) => <PlaceOption place={(option as Option).place} />}
      nothingFoundMessage={
        isError ? t("rules.placesFailed") : searched && !isFetching && t("form.nothingFound")
      }
      {...(isFetching ? { rightSection: <Loader size={15} /> } : {})}
      error={error}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t("form.clear") }}
      data-testid={testId}
    />
  );
}

function PlaceOption({ place }: { place: KnownPlace }) {
  const t = useSettingsText();
  const language = useLanguage((state) => state.language);
  return (
    <span className={css.option}>
      <span>{fullName(place, language)}</span>
      <small>{t(`scope.${place.scope}`)}</small>
    </span>
  );
}
