/** Opens the command palette, and tells its keys. */

import { UnstyledButton } from "@mantine/core";
import { Search } from "lucide-react";
import { MOD } from "../commands/keys";
import { show } from "../commands/opening";
import { useText } from "../i18n/language";
import css from "./Nav.module.css";

export function FindButton() {
  const t = useText();
  return (
    <UnstyledButton
      className={css.item}
      onClick={() => show("palette")}
      aria-keyshortcuts="Control+K Meta+K"
      data-testid="find"
    >
      <Search size={19} aria-hidden="true" />
      <span className={css.label}>{t("nav.find")}</span>
      <span className={css.keys} aria-hidden="true">
        {MOD} K
      </span>
    </UnstyledButton>
  );
}
