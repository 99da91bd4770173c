/** Emoji to choose from: arrows walk, words in either language find. */

import { TextInput, UnstyledButton } from "@mantine/core";
import { findEmoji, moveInGrid, rememberEmoji } from "@shared/emoji";
import type { Language } from "@shared/i18n";
import { markingTexts } from "@shared/marking.texts";
import { useRef, useState } from "react";
import css from "./Marks.module.css";

const COLUMNS = 8;

interface Props {
  language: Language;
  /** `done`: chosen by keyboard; a pointer may choose on. */
  onChoose: (char: string, done: boolean) => void;
}

export function EmojiGrid({ language, onChoose }: Props) {
  const t = markingTexts(language);
  const [found, setFound] = useState(() => findEmoji(""));
  const [at, setAt] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  const button = (index: number) => grid.current?.querySelectorAll("button")[index];
  const choose = (char: string, done: boolean) => {
    rememberEmoji(char);
    onChoose(char, done);
  };
  const walk = (event: React.KeyboardEvent) => {
    const to = moveInGrid(event.key, at, { columns: COLUMNS, count: found.length, rtl: false });
    if (to === null) return;
    event.preventDefault();
    setAt(to);
    button(to)?.focus();
  };
  const searchKey = (event: React.KeyboardEvent) => {
    if (event.key === "Enter" && found[0]) choose(found[0].char, true);
    else if (event.key === "ArrowDown") button(0)?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <TextInput
        m={8}
        type="search"
        placeholder={t("search")}
        aria-label={t("search")}
        onChange={(event) => {
          setFound(findEmoji(event.currentTarget.value));
          setAt(0);
        }}
        onKeyDown={searchKey}
        data-autofocus
        data-testid="emoji-search"
      />
      <div ref={grid} className={css.grid} role="toolbar" aria-label={t("emoji")} onKeyDown={walk}>
        {found.map(({ char, names }, index) => (
          <UnstyledButton
            key={char}
            className={css.choice}
            tabIndex={index === at ? 0 : -1}
            aria-label={names[language === "ru" ? 0 : 1]}
            title={names[language === "ru" ? 0 : 1]}
            onClick={(event) => choose(char, event.detail === 0)}
          >
            {char}
          </UnstyledButton>
        ))}
        {!found.length && <p className={css.none}>{t("none")}</p>}
      </div>
    </>
  );
}
