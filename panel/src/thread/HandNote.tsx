/** What the colleague who handed the conversation over wrote for whoever has it now: above the messages, once. */

import { Button } from "@mantine/core";
import { readItem, writeItem } from "@shared/storage";
import type { Conversation, HistoryEntry } from "@shared/wire";
import { StickyNote } from "lucide-react";
import { useState } from "react";
import { noteFor } from "../details/events";
import { useText } from "../i18n/language";
import { useOperator } from "../session/store";
import css from "./HandNote.module.css";

interface Props {
  conversation: Conversation;
  history: readonly HistoryEntry[];
}

export function HandNote({ conversation, history }: Props) {
  const { id } = useOperator();
  const entry = conversation.may_reply ? noteFor(history) : null;
  if (!entry || entry.actor?.id === id) return null;
  const key = `messenger:panel:note:${id}:${conversation.id}`;
  return <Note key={entry.at} storage={key} entry={entry} />;
}

function Note({ storage, entry }: { storage: string; entry: HistoryEntry }) {
  const t = useText();
  const [hidden, setHidden] = useState(() => readItem(storage) === entry.at);
  if (hidden) return null;
  const hide = () => {
    writeItem(storage, entry.at);
    setHidden(true);
  };
  return (
    <aside className={css.note} data-testid="hand-note">
      <StickyNote size={18} aria-hidden="true" />
      <div className={css.words}>
        <p className={css.title}>
          <strong>{t("handNote.title", { name: entry.actor?.name ?? "" })}</strong>{" "}
          <span className={css.private}>{t("handNote.private")}</span>
        </p>
        <p className={css.body} dir="auto">
          {entry.note}
        </p>
      </div>
      <Button size="compact-sm" variant="default" onClick={hide} data-testid="hand-note-hide">
        {t("handNote.hide")}
      </Button>
    </aside>
  );
}
