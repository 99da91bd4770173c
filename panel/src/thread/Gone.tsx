/** In place of the messages: somebody else has the conversation now. */

import { Button } from "@mantine/core";
import { ArrowRightLeft } from "lucide-react";
import { Link } from "wouter";
import { useText } from "../i18n/language";
import css from "./Nobody.module.css";

export function Gone() {
  const t = useText();
  return (
    <div className={css.nobody} role="status" data-testid="gone">
      <ArrowRightLeft size={34} strokeWidth={1.5} aria-hidden="true" />
      <p className={css.title}>{t("thread.gone")}</p>
      <p className={css.hint}>{t("thread.goneHint")}</p>
      <Button component={Link} href="/conversations" variant="default" size="sm" mt="sm">
        {t("thread.toList")}
      </Button>
    </div>
  );
}
