/** Mine, queue, all, closed; arrows walk, as the tab pattern asks. */

import { UnstyledButton } from "@mantine/core";
import { useRef } from "react";
import type { Tab } from "../api/panel";
import { TABS } from "../conversations/tabs";
import { useText } from "../i18n/language";
import { Count } from "./Count";
import css from "./Tabs.module.css";

interface Props {
  tab: Tab;
  onChoose: (tab: Tab) => void;
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

export function Tabs({ tab, onChoose }: Props) {
  const t = useText();
  const list = useRef<HTMLDivElement>(null);
  const walk = (event: React.KeyboardEvent) => {
    const step = STEPS[event.key];
    const next = step && TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length];
    if (!next) return;
    onChoose(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={t("tabs.label")}
      className={css.tabs}
      onKeyDown={walk}
    >
      {TABS.map((each) => (
        <UnstyledButton
          key={each}
          id={`tab-${each}`}
          role="tab"
          aria-selected={each === tab}
          aria-controls="conversation-list"
          tabIndex={each === tab ? 0 : -1}
          className={css.tab}
          onClick={() => onChoose(each)}
          data-testid={`tab-${each}`}
        >
          {t(`tabs.${each}`)}
          <Count tab={each} />
        </UnstyledButton>
      ))}
    </div>
  );
}
