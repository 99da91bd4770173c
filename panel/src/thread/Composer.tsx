/** The reply; or why there can be none. */

import { Button, VisuallyHidden } from "@mantine/core";
import { isVisible } from "@shared/text";
import type { Conversation } from "@shared/wire";
import { SendHorizontal } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Attach } from "../files/Attach";
import { previews, uploaderOf, useTray } from "../files/desk";
import { Tray } from "../files/Tray";
import { useText } from "../i18n/language";
import { Marks } from "../marking/Marks";
import { readDraft, writeDraft } from "../threads/drafts";
import { send } from "../threads/outbox";
import { usePause } from "../threads/pauses";
import { hasJustReturned, useReturned } from "../threads/takeBack";
import { useTelling } from "../typing/telling";
import css from "./Composer.module.css";
import { lengthOf, MAX } from "./limits";
import { Ribbon } from "./Ribbon";
import { useGrowing } from "./useGrowing";

const WARN_FROM = 3_600;

interface Props {
  conversation: Conversation;
}

export function Composer({ conversation }: Props) {
  const returned = useReturned(conversation.id);
  useKeptFocus(conversation);
  if (!conversation.may_reply) return <Ribbon conversation={conversation} />;
  return <Reply key={returned} id={conversation.id} claims={!conversation.assignee} />;
}

/** What had the focus may go when the conversation changes hands or is closed: it stays in the conversation. */
function useKeptFocus({ status, may_reply }: Conversation): void {
  const now = `${status} ${may_reply}`;
  const seen = useRef(now);
  useEffect(() => {
    if (seen.current === now) return;
    seen.current = now;
    if (document.activeElement !== document.body) return;
    document.getElementById("thread")?.focus({ preventScroll: true });
  }, [now]);
}

function Reply({ id, claims }: { id: string; claims: boolean }) {
  const t = useText();
  const [body, setBody] = useState(() => readDraft(id));
  const area = useRef<HTMLTextAreaElement>(null);
  const telling = useTelling(id);
  const paused = usePause(id);
  useGrowing(area, body);
  useEffect(() => {
    if (hasJustReturned(id)) area.current?.focus();
  }, [id]);
  const items = useTray((state) => state.byId[id]) ?? [];
  const files = items.some(({ state }) => state === "ready");
  const waiting = items.some(({ state }) => state === "waiting" || state === "uploading");
  const sendable = (isVisible(body) || files) && !waiting && lengthOf(body.trim()) <= MAX;
  const write = (text: string) => {
    setBody(text);
    writeDraft(id, text);
    telling.wrote(text);
  };
  const submit = () => {
    if (!sendable) return;
    send(id, body.trim(), uploaderOf(id).release(previews));
    telling.sent();
    write("");
    area.current?.focus();
  };
  const pressed = (event: React.KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    if (event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
    <div className={css.place}>
      <Tray conversationId={id} />
      <div className={css.box}>
        <Attach conversationId={id} onChosen={() => area.current?.focus()} />
        <textarea
          ref={area}
          className={css.area}
          value={body}
          rows={1}
          onChange={(event) => write(event.currentTarget.value)}
          onKeyDown={pressed}
          placeholder={t("composer.placeholder")}
          aria-label={t("composer.label")}
          dir="auto"
          data-testid="composer"
        />
        <Marks area={area} />
        <Button
          className={css.send}
          onClick={submit}
          disabled={!sendable}
          rightSection={<SendHorizontal size={16} />}
          data-testid="send"
        >
          <span className={css.label}>{t("composer.send")}</span>
        </Button>
      </div>
      <p className={css.hint}>
        {paused > 0 ? (
          <>
            <span className={css.paused} data-testid="paused">
              {t("composer.paused", { count: paused })}
            </span>
            <VisuallyHidden role="status">{t("errors.too_many_requests")}</VisuallyHidden>
          </>
        ) : (
          <span>{t(claims ? "composer.claims" : "composer.hint")}</span>
        )}
        <Left length={lengthOf(body.trim())} />
      </p>
    </div>
  );
}

function Left({ length }: { length: number }) {
  const t = useText();
  if (length < WARN_FROM) return null;
  const over = length > MAX;
  const count = Math.abs(MAX - length);
  return (
    <span className={css.left} data-over={over || undefined} data-testid="characters">
      {t(over ? "composer.over" : "composer.left", { count })}
    </span>
  );
}
