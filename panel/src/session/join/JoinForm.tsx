/** Who comes in, and with which password. */

import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { ApiError } from "@shared/api";
import type { Invitation } from "@shared/wire";
import { useMutation } from "@tanstack/react-query";
import { errorText } from "../../i18n/errors";
import { useText } from "../../i18n/language";
import { Doorway } from "../Doorway";
import { join } from "../enter";
import { isGone } from "../invitation";
import css from "./Join.module.css";
import { StrengthBar } from "./StrengthBar";
import { LEAST_PASSWORD, strengthText } from "./strength";
import { useJoinText } from "./texts";

interface Props {
  token: string;
  invitation: Invitation;
  /** The link has stopped working since it was looked at. */
  onGone: () => void;
}

type Field = "name" | "email" | "password";
const FIELDS: readonly string[] = ["name", "email", "password"] satisfies Field[];

export function JoinForm({ token, invitation, onGone }: Props) {
  const t = useText();
  const j = useJoinText();
  const isSetup = invitation.kind === "setup";
  const form = useForm({
    initialValues: { name: invitation.name ?? "", email: invitation.email ?? "", password: "" },
    validate: {
      name: (value) => (value.trim() ? null : t("signIn.required")),
      email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : j("join.emailWrong")),
      password: (value) => ([...value].length < LEAST_PASSWORD ? j("join.passwordRule") : null),
    },
  });
  const joining = useMutation({
    mutationFn: join,
    onError: (error) => {
      if (isGone(error)) onGone();
      if (!(error instanceof ApiError)) return;
      const field = fieldOf(error);
      if (field) form.setFieldError(field, fieldText(field, error));
    },
  });
  const fieldText = (field: Field, error: ApiError) => {
    if (error.code !== "invalid") return errorText(t, error);
    if (field === "email") return j("join.emailWrong");
    return field === "password" ? j("join.passwordRule") : t("signIn.required");
  };
  const submit = form.onSubmit(({ name, email, password }) =>
    joining.mutate({
      token,
      name: name.trim(),
      password,
      ...(isSetup && { email: email.trim() }),
    }),
  );
  const { password } = form.values;
  return (
    <Doorway title={j(isSetup ? "join.setup" : "join.welcome")}>
      <p className={css.lead}>{j(isSetup ? "join.setupLead" : "join.welcomeLead")}</p>
      <form onSubmit={submit} className={css.form} noValidate>
        <TextInput
          {...form.getInputProps("name")}
          label={j("join.name")}
          description={j("join.nameHint")}
          autoComplete="name"
          maxLength={100}
          autoFocus={isSetup}
          size="md"
          data-testid="join-name"
        />
        <TextInput
          {...form.getInputProps("email")}
          label={j("join.email")}
          description={isSetup ? j("join.emailHint") : undefined}
          type="email"
          autoComplete="username"
          maxLength={254}
          readOnly={!isSetup}
          variant={isSetup ? "default" : "filled"}
          size="md"
          data-testid="join-email"
        />
        <PasswordInput
          {...form.getInputProps("password")}
          label={j("join.password")}
          description={
            <>
              <StrengthBar password={password} />
              <span aria-live="polite" data-testid="join-strength">
                {!form.errors.password && strengthText(j, password)}
              </span>
            </>
          }
          inputWrapperOrder={["label", "input", "description", "error"]}
          aria-invalid={Boolean(form.errors.password)}
          autoComplete="new-password"
          maxLength={256}
          autoFocus={!isSetup}
          size="md"
          data-testid="join-password"
          visibilityToggleButtonProps={{ "aria-label": t("signIn.show") }}
        />
        <p role="alert" className={css.error} data-testid="join-error">
          {joining.error && !fieldOf(joining.error) && errorText(t, joining.error)}
        </p>
        <Button type="submit" size="md" loading={joining.isPending} data-testid="join-submit">
          {j("join.submit")}
        </Button>
      </form>
    </Doorway>
  );
}

/** The field at which the server found a fault. */
function fieldOf(error: unknown): Field | undefined {
  const field = error instanceof ApiError ? error.field : undefined;
  return FIELDS.includes(field ?? "") ? (field as Field) : undefined;
}
