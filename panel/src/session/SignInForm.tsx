/** E-mail, password, and what went wrong. */

import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { errorText } from "../i18n/errors";
import { useText } from "../i18n/language";
import { clockOf } from "../parts/remaining";
import { signIn } from "./enter";
import css from "./SignIn.module.css";
import { useWait } from "./wait";

interface Props {
  email?: string;
}

export function SignInForm({ email = "" }: Props) {
  const t = useText();
  const required = (value: string) => (value.trim() ? null : t("signIn.required"));
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email, password: "" },
    validate: { email: required, password: required },
  });
  const entering = useMutation({ mutationFn: signIn });
  const wait = useWait(entering.error);
  const submit = form.onSubmit((values) =>
    entering.mutate({ ...values, email: values.email.trim() }),
  );
  return (
    <form onSubmit={submit} className={css.form} noValidate>
      <TextInput
        {...form.getInputProps("email")}
        key={form.key("email")}
        label={t("signIn.email")}
        type="email"
        autoComplete="username"
        autoFocus={!email}
        size="md"
        data-testid="sign-in-email"
      />
      <PasswordInput
        {...form.getInputProps("password")}
        key={form.key("password")}
        label={t("signIn.password")}
        autoComplete="current-password"
        data-autofocus={email ? true : undefined}
        size="md"
        data-testid="sign-in-password"
        visibilityToggleButtonProps={{ "aria-label": t("signIn.show") }}
      />
      <p role="alert" className={css.error} data-testid="sign-in-error">
        {entering.error && errorText(t, entering.error)}
      </p>
      <Button
        type="submit"
        size="md"
        loading={entering.isPending}
        disabled={wait > 0}
        data-testid="sign-in-submit"
      >
        {wait > 0 ? t("signIn.wait", { time: clockOf(wait) }) : t("signIn.submit")}
      </Button>
    </form>
  );
}
