/** A form of the settings, with its foot: what failed, what is not saved yet, and the button. */

import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import css from "./Form.module.css";
import { useSettingsText } from "./i18n/text";
import type { Editing } from "./useEditing";

interface Props<Values> {
  editing: Editing<Values>;
  submit: string;
  children: ReactNode;
}

export function Form<Values>({ editing, submit, children }: Props<Values>) {
  const t = useSettingsText();
  const { changed, saving, discard, faults } = editing;
  return (
    <form
      ref={editing.form}
      onSubmit={editing.submit}
      className={css.form}
      noValidate
      data-testid="settings-form"
    >
      {children}
      <div className={css.foot} data-changed={changed || undefined}>
        <p role="alert" className={css.error} data-testid="form-error">
          {faults.form}
        </p>
        <p role="status" className={css.unsaved}>
          {changed && !faults.form && t("form.unsaved")}
        </p>
        <div className={css.buttons}>
          {changed && (
            <Button
              variant="default"
              onClick={discard}
              disabled={saving}
              data-testid="form-discard"
            >
              {t("form.discard")}
            </Button>
          )}
          <Button type="submit" loading={saving} data-testid="form-save">
            {submit}
          </Button>
        </div>
      </div>
    </form>
  );
}
