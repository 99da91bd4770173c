/** A form of the settings: its values, what is wrong with them, saving once, and a draft that waits. */

import { useEffect, useRef, useState } from "react";
import { notify } from "../parts/notify";
import { dropDraft, keepDraft, readDraft } from "./drafts";
import { settingsText } from "./i18n/text";

/** Words by field; `form` stands for none of them. */
export type Faults<Values> = Partial<Record<keyof Values | "form", string>>;

interface Options<Values> {
  /** Where its draft is kept. */
  key: string;
  /** False: a question, not a change. It stays when it is answered, and nothing is lost when one leaves. */
  remembered?: boolean;
  /** What stands on the server. */
  initial: Values;
  check: (values: Values) => Faults<Values>;
  /** Rejects with the server's refusal. */
  save: (values: Values) => Promise<unknown>;
  /** Where the refusal belongs, and in which words. */
  refusal: (error: unknown) => Faults<Values>;
}

export interface Editing<Values> {
  values: Values;
  faults: Faults<Values>;
  set: <Field extends keyof Values>(field: Field, value: Values[Field]) => void;
  /** What a Mantine input takes for a field of text. */
  input: (field: keyof Values) => { value: string; onChange: OnChange; error?: string };
  changed: boolean;
  saving: boolean;
  submit: (event: React.SyntheticEvent) => void;
  discard: () => void;
  form: React.RefObject<HTMLFormElement | null>;
}

type OnChange = (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => void;

export function useEditing<Values extends object>(options: Options<Values>): Editing<Values> {
  const { key, initial, check, save, refusal, remembered = true } = options;
  const [edited, setEdited] = useState(() => readDraft<Values>(key) ?? null);
  const [faults, setFaults] = useState<Faults<Values>>({});
  const [saving, setSaving] = useState(false);
  const busy = useRef(false);
  const { form, showFirst } = useFirstFault();
  const values = edited ?? initial;
  const changed = edited !== null && JSON.stringify(edited) !== JSON.stringify(initial);
  useDraft(key, values, changed && remembered);

  const refuse = (found: Faults<Values>) => {
    setFaults(found);
    showFirst();
  };
  const send = async () => {
    busy.current = true;
    setSaving(true);
    setFaults({});
    try {
      await save(values);
      dropDraft(key);
      if (remembered) setEdited((now) => (now === edited ? null : now)); // what was typed meanwhile stays
    } catch (error) {
      refuse(refusal(error));
    } finally {
      busy.current = false;
      setSaving(false);
    }
  };
  const set: Editing<Values>["set"] = (field, value) => {
    setEdited((before) => ({ ...(before ?? initial), [field]: value }));
    setFaults(({ [field]: _, form: __, ...others }) => others as Faults<Values>);
  };
  return {
    values,
    faults,
    set,
    input: (field) => ({
      value: String(values[field]),
      onChange: ({ currentTarget }) => set(field, currentTarget.value as Values[typeof field]),
      ...(faults[field] ? { error: faults[field] } : {}),
    }),
    changed,
    saving,
    submit: (event) => {
      event.preventDefault();
      if (busy.current) return;
      const found = check(values);
      if (Object.keys(found).length) refuse(found);
      else void send();
    },
    discard: () => {
      setEdited(null);
      setFaults({});
    },
    form,
  };
}

/** The focus goes to the first wrong field as soon as it is marked. */
function useFirstFault() {
  const form = useRef<HTMLFormElement>(null);
  const [refusals, setRefusals] = useState(0);
  useEffect(() => {
    if (!refusals) return;
    const first = '[aria-invalid="true"], [data-invalid="true"] input';
    form.current?.querySelector<HTMLElement>(first)?.focus();
  }, [refusals]);
  return { form, showFirst: () => setRefusals((before) => before + 1) };
}

/** Whoever leaves with changes is told that they wait here. */
function useDraft(key: string, values: object, changed: boolean): void {
  const left = useRef(changed);
  useEffect(() => {
    left.current = changed;
    if (changed) keepDraft(key, values);
    else dropDraft(key);
  }, [key, values, changed]);
  useEffect(
    () => () => {
      if (left.current && readDraft(key)) notify(settingsText()("form.draftKept"));
    },
    [key],
  );
}
