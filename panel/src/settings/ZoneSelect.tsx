/** A time zone, found by its city, its IANA name or its offset. */

import { type ComboboxItem, Select } from "@mantine/core";
import { useState } from "react";
import { useLanguage } from "../i18n/language";
import { useSettingsText } from "./i18n/text";
import css from "./ZoneSelect.module.css";
import { zoneLabel, zones } from "./zones";

interface Props {
  value: string;
  onChange: (zone: string) => void;
  error?: string | undefined;
  hint?: string;
}

export function ZoneSelect({ value, onChange, error, hint }: Props) {
  const t = useSettingsText();
  const language = useLanguage((state) => state.language);
  const [opened, setOpened] = useState(false); // four hundred names are made when they are needed
  const own = { value, label: zoneLabel(value, language) };
  const all = opened ? zones(language) : [];
  return (
    <Select
      label={t("zone.label")}
      description={hint}
      value={value || null}
      onChange={(zone) => zone && onChange(zone)}
      onDropdownOpen={() => setOpened(true)}
      data={value && !all.some((each) => each.value === value) ? [own, ...all] : all}
      filter={({ options, search }) => (options as ComboboxItem[]).filter(matching(search))}
      renderOption={({ option }) => (
        <span className={css.option}>
          <span>{option.label}</span>
          <small>{option.value}</small>
        </span>
      )}
      error={error}
      allowDeselect={false}
      nothingFoundMessage={t("form.nothingFound")}
      searchable
      data-testid="time-zone"
    />
  );
}

const plain = (words: string) => words.toLowerCase().replaceAll("_", " ").replaceAll("ё", "е");

function matching(search: string) {
  const wanted = plain(search.trim());
  return ({ value, label }: ComboboxItem) => plain(`${label} ${value}`).includes(wanted);
}
