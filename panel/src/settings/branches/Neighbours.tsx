/** The branches that help out, in order; buttons move them, so that a keyboard can. */

import { ActionIcon, Select } from "@mantine/core";
import type { Settings } from "@shared/wire";
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useRef } from "react";
import { useSettingsText } from "../i18n/text";
import css from "./Branches.module.css";
import { branchesOf, branchName } from "./data";

interface Props {
  own: string | null;
  company: Settings;
  value: string[];
  onChange: (value: string[]) => void;
  error: string | undefined;
}

export function Neighbours({ own, company, value, onChange, error }: Props) {
  const t = useSettingsText();
  const list = useRef<HTMLOListElement>(null);
  const others = branchesOf(company).filter(({ id }) => id !== own && !value.includes(id));
  const move = (from: number, to: number) => {
    const id = value[from] ?? "";
    onChange(value.toSpliced(from, 1).toSpliced(to, 0, id));
    // The button travels with its branch; at an end of the list the other one is left.
    requestAnimationFrame(() => {
      const buttons = list.current?.children[to]?.querySelectorAll("button:not(:disabled)");
      (buttons?.[to < from ? 0 : 1] as HTMLElement | undefined)?.focus();
    });
  };
  return (
    <>
      {value.length > 0 ? (
        <ol className={css.neighbours} ref={list}>
          {value.map((id, index) => (
            <Neighbour
              key={id}
              name={branchName(company, id) ?? id}
              first={index === 0}
              last={index === value.length - 1}
              onUp={() => move(index, index - 1)}
              onDown={() => move(index, index + 1)}
              onRemove={() => onChange(value.filter((each) => each !== id))}
            />
          ))}
        </ol>
      ) : (
        <p className={css.hint}>{t("branch.neighboursNone")}</p>
      )}
      {others.length > 0 && (
        <Select
          className={css.default ?? ""}
          aria-label={t("branch.neighbourAdd")}
          placeholder={t("branch.neighbourAdd")}
          value={null}
          data={others.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => id && onChange([...value, id])}
          nothingFoundMessage={t("form.nothingFound")}
          error={error}
          searchable
          data-testid="neighbour-add"
        />
      )}
    </>
  );
}

interface NeighbourProps {
  name: string;
  first: boolean;
  last: boolean;
  onUp: () => void;
  onDown: () => void;
  onRemove: () => void;
}

function Neighbour({ name, first, last, onUp, onDown, onRemove }: NeighbourProps) {
  const t = useSettingsText();
  const button = { variant: "subtle", color: "gray", size: 34 } as const;
  return (
    <li className={css.neighbour} data-testid="neighbour">
      <span className={css.name}>{name}</span>
      <ActionIcon
        {...button}
        onClick={onUp}
        disabled={first}
        aria-label={t("branch.up", { name })}
        data-testid="neighbour-up"
      >
        <ArrowUp size={16} />
      </ActionIcon>
      <ActionIcon
        {...button}
        onClick={onDown}
        disabled={last}
        aria-label={t("branch.down", { name })}
        data-testid="neighbour-down"
      >
        <ArrowDown size={16} />
      </ActionIcon>
      <ActionIcon {...button} onClick={onRemove} aria-label={t("branch.remove", { name })}>
        <X size={16} />
      </ActionIcon>
    </li>
  );
}
