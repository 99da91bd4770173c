/** The signing secret, shown once: to copy, and why. */

import { Button, CopyButton } from "@mantine/core";
import { Check, Copy, KeyRound } from "lucide-react";
import { useEffect, useRef } from "react";
import { useSettingsText } from "../i18n/text";
import css from "./Secret.module.css";

interface Props {
  secret: string;
  onDone: () => void;
}

export function Secret({ secret, onDone }: Props) {
  const t = useSettingsText();
  const lead = useRef<HTMLParagraphElement>(null);
  useEffect(() => lead.current?.focus(), []);
  return (
    <div className={css.secret}>
      <p className={css.lead} ref={lead} tabIndex={-1}>
        <KeyRound size={18} aria-hidden="true" />
        <strong>{t("secret.lead")}</strong>
      </p>
      <div className={css.value}>
        <span className={css.label}>{t("secret.label")}</span>
        <code className={css.code} data-testid="webhook-secret">
          {secret}
        </code>
      </div>
      <p className={css.why}>{t("secret.why")}</p>
      <div className={css.buttons}>
        <CopyButton value={secret} timeout={4_000}>
          {({ copied, copy }) => (
            <Button
              variant="light"
              onClick={copy}
              leftSection={copied ? <Check size={15} /> : <Copy size={15} />}
              data-testid="webhook-secret-copy"
            >
              <span aria-live="polite">{t(copied ? "secret.copied" : "secret.copy")}</span>
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone} data-testid="webhook-secret-done">
          {t("secret.done")}
        </Button>
      </div>
    </div>
  );
}
