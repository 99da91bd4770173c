/** Whether somebody may come in: a new link, deactivating, and back. */

import { Button } from "@mantine/core";
import type { OperatorRecord } from "@shared/wire";
import { KeyRound, UserCheck, UserX } from "lucide-react";
import { useState } from "react";
import { notify } from "../../parts/notify";
import { useDirectory } from "../../queries";
import { useOperator } from "../../session/store";
import { Confirm } from "../Confirm";
import { useSettingsText } from "../i18n/text";
import { refusalWords } from "../refused";
import { Section } from "../Section";
import { changeFacts, newLink, stateOf } from "./data";
import css from "./Operators.module.css";

const HINTS = {
  active: "operator.activeHint",
  invited: "operator.invitedHint",
  inactive: "operator.inactiveHint",
} as const;

interface Props {
  operator: OperatorRecord;
  onLink: (link: { name: string; url: string }) => void;
}

export function Access({ operator, onLink }: Props) {
  const t = useSettingsText();
  const own = useOperator().id === operator.id;
  const state = stateOf(operator);
  return (
    <Section title={t("operator.access")} hint={t(own ? "operator.self" : HINTS[state])}>
      {!own && (
        <div className={css.access}>
          {state !== "inactive" && <NewLink operator={operator} onLink={onLink} />}
          {state === "inactive" ? (
            <Activate operator={operator} />
          ) : (
            <Deactivate operator={operator} />
          )}
        </div>
      )}
    </Section>
  );
}

function NewLink({ operator: { id, name }, onLink }: Props) {
  const t = useSettingsText();
  const { busy, act } = useAct(async () => onLink({ name, url: await newLink(id) }));
  return (
    <Button
      variant="default"
      leftSection={<KeyRound size={16} />}
      loading={busy}
      onClick={act}
      data-testid="operator-link"
    >
      {t("operator.newLink")}
    </Button>
  );
}

function Activate({ operator: { id } }: { operator: OperatorRecord }) {
  const t = useSettingsText();
  const { busy, act } = useAct(() => changeFacts(id, { active: true }));
  return (
    <Button
      variant="default"
      leftSection={<UserCheck size={16} />}
      loading={busy}
      onClick={act}
      data-testid="operator-activate"
    >
      {t("operator.activate")}
    </Button>
  );
}

function Deactivate({ operator: { id, name } }: { operator: OperatorRecord }) {
  const t = useSettingsText();
  const [asking, setAsking] = useState(false);
  const open = useDirectory()?.operators.find((each) => each.id === id)?.open ?? 0;
  return (
    <>
      <Button
        variant="default"
        leftSection={<UserX size={16} />}
        onClick={() => setAsking(true)}
        data-testid="operator-deactivate"
      >
        {t("operator.deactivate")}
      </Button>
      <Confirm
        title={t("operator.deactivateTitle", { name })}
        opened={asking}
        onClose={() => setAsking(false)}
        confirm={t("operator.deactivate")}
        onConfirm={() => changeFacts(id, { active: false })}
        words={refusalWords}
      >
        <p>{t("operator.deactivateLead")}</p>
        {open > 0 && <p>{t("operator.deactivateOpen", { count: open })}</p>}
        <p className={css.hint}>{t("operator.deactivateHint")}</p>
      </Confirm>
    </>
  );
}

/** Something done by a button, once at a time; what went wrong is told in the corner. */
function useAct(what: () => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const act = () => {
    setBusy(true);
    what()
      .catch((error) => notify(refusalWords(error)))
      .finally(() => setBusy(false));
  };
  return { busy, act };
}
