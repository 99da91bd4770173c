/** "Is writing…" with its dots. */

import type { Author } from "@shared/wire";
import { useText } from "../i18n/language";
import css from "./Writing.module.css";

interface Props {
  who: Author;
}

/** Of the visitor without a name: they are who the conversation is with. */
export function Writing({ who }: Props) {
  const t = useText();
  return (
    <span className={css.writing} data-testid="writing" data-kind={who.kind}>
      {who.kind === "visitor" ? t("thread.writing") : t("thread.writingOf", { name: who.name })}
      <span className={css.dots} aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
    </span>
  );
}
