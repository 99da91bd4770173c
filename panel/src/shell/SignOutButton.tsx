/** The way out. */

import { Tooltip, UnstyledButton } from "@mantine/core";
import { LogOut } from "lucide-react";
import { useText } from "../i18n/language";
import { signOut } from "../session/enter";
import css from "./Switch.module.css";

export function SignOutButton() {
  const t = useText();
  return (
    <Tooltip label={t("nav.signOut")} openDelay={400}>
      <UnstyledButton
        className={css.switch}
        onClick={() => void signOut()}
        aria-label={t("nav.signOut")}
        data-testid="sign-out"
      >
        <LogOut size={18} />
      </UnstyledButton>
    </Tooltip>
  );
}
