/** Light or dark; until it is used, the system decides. */

import {
  Tooltip,
  UnstyledButton,
  useComputedColorScheme,
  useMantineColorScheme,
} from "@mantine/core";
import { Moon, Sun } from "lucide-react";
import { useText } from "../i18n/language";
import css from "./Switch.module.css";

export function SchemeSwitch() {
  const t = useText();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light", { getInitialValueInEffect: false }) === "dark";
  const label = dark ? t("nav.light") : t("nav.dark");
  return (
    <Tooltip label={label} openDelay={400}>
      <UnstyledButton
        className={css.switch}
        onClick={() => setColorScheme(dark ? "light" : "dark")}
        aria-label={label}
        data-testid="color-scheme"
      >
        {dark ? <Sun size={18} /> : <Moon size={18} />}
      </UnstyledButton>
    </Tooltip>
  );
}
