/** Where the visitor writes. */

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { SendIcon } from "./icons";
import type { Ui } from "./ui";

/** What the server accepts, in code points. */
export const BODY_LIMIT = 4_000;
const COUNT_FROM = BODY_LIMIT - 400;

export function Composer({ widget, t }: Ui) {
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = widget.draft.value;
  const body = draft.trim();
  const length = draft.length < COUNT_FROM ? draft.length : [...body].length;
  const left = BODY_LIMIT - length;
  const sendable = body !== "" && left >= 0;

  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  // The height follows the text.
  useLayoutEffect(() => fitHeight(field.current), [draft]);

  const send = () => {
    if (sendable) widget.send(body);
    field.current?.focus({ preventScroll: true });
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="field">
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          data-testid="composer"
          aria-label={t("placeholder")}
          aria-invalid={left < 0}
          placeholder={t("placeholder")}
          enterkeyhint="send"
          value={draft}
          onInput={(event) => widget.write(event.currentTarget.value)}
          onKeyDown={(event) => {
            const composing = event.isComposing || event.keyCode === 229;
            if (event.key !== "Enter" || event.shiftKey || composing) return;
            event.preventDefault();
            send();
          }}
        />
        <button
          type="submit"
          class="send"
          data-testid="send"
          aria-label={t("send")}
          aria-disabled={!sendable}
        >
          <span>
            <SendIcon />
          </span>
        </button>
      </div>
      {length >= COUNT_FROM && (
        <p
          class={left < 0 ? "counter counter-over" : "counter"}
          data-testid="counter"
          role="status"
        >
          {left < 0 ? t("tooLong", { count: -left }) : t("left", { count: left })}
        </p>
      )}
    </form>
  );
}

function fitHeight(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
