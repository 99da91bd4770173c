/** The way in. */

import { useText } from "../i18n/language";
import { Doorway } from "./Doorway";
import { SignInForm } from "./SignInForm";

export function SignIn() {
  const t = useText();
  return (
    <Doorway title={t("signIn.title")}>
      <SignInForm />
    </Doorway>
  );
}
