/** The session ended under the operator's hands: the screen stays, this dialog asks to come in again. */

import { Button, Modal } from "@mantine/core";
import { useText } from "../i18n/language";
import { leave } from "./enter";
import css from "./SignIn.module.css";
import { SignInForm } from "./SignInForm";
import { useOperator } from "./store";

export function SignInAgain() {
  const t = useText();
  const { email } = useOperator();
  return (
    <Modal
      opened
      centered
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t("signIn.again")}
      classNames={{ title: css.againTitle ?? "" }}
      radius="lg"
      padding="xl"
    >
      <p className={css.again}>{t("signIn.againLead")}</p>
      <SignInForm email={email} />
      <Button variant="subtle" fullWidth mt="xs" onClick={leave}>
        {t("signIn.otherPerson")}
      </Button>
    </Modal>
  );
}
