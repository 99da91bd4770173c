/** Copies something, and says so. */

import { Button, CopyButton } from "@mantine/core";
import { Check, Copy as Sign } from "lucide-react";
import { useSettingsText } from "./i18n/text";

interface Props {
  value: string;
  testId: string;
}

export function Copy({ value, testId }: Props) {
  const t = useSettingsText();
  return (
    <CopyButton value={value} timeout={4_000}>
      {({ copied, copy }) => (
        <Button
          variant="light"
          onClick={copy}
          leftSection={copied ? <Check size={15} /> : <Sign size={15} />}
          data-testid={testId}
        >
          <span aria-live="polite">{t(copied ? "form.copied" : "form.copy")}</span>
        </Button>
      )}
    </CopyButton>
  );
}
