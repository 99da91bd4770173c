/** Back to the newest message, with what has come in the meantime. */

import { UnstyledButton } from "@mantine/core";
import { ArrowDown } from "lucide-react";
import { useText } from "../i18n/language";
import css from "./Jump.module.css";

interface Props {
  shown: boolean;
  count: number;
  onJump: () => void;
}

export function Jump({ shown, count, onJump }: Props) {
  const t = useText();
  if (!shown) return null;
  return (
    <UnstyledButton className={css.jump} onClick={onJump} data-testid="jump">
      <ArrowDown size={15} aria-hidden="true" />
      {count ? t("thread.jumpNew", { count }) : t("thread.jump")}
    </UnstyledButton>
  );
}
