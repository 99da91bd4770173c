/** Where the visitor writes. */

import { isVisible } from "@shared/text";
import { BODY_LIMIT } from "../limits";
import { files, soon } from "../part";
import { SendIcon } from "./icons";
import type { Ui } from "./ui";

const COUNT_FROM = BODY_LIMIT - 400;

export function Composer({ widget, t }: Ui) {
  const draft = widget.draft.value;
  const body = draft.trim();
  const length = draft.length < COUNT_FROM ? draft.length : [...body].length;
  const left = BODY_LIMIT - length;
  const carried = files.show(({ standing }) => standing(widget)) ?? "none";
  const sendable = (isVisible(body) || carried === "ready") && carried !== "wait" && left >= 0;

  const submit = (event: Event) => {
    event.preventDefault();
    // Of two clicks before the next drawing the second has nothing to send.
    if (sendable && widget.draft.value === draft)
      widget.send(body, files.show(({ release }) => release(widget)) ?? []);
    const form = (event.currentTarget as HTMLElement).closest("form");
    form?.querySelector("textarea")?.focus({ preventScroll: true });
  };

  return (
    <form class="composer" onSubmit={submit}>
      {files.show(({ Tray }) => (
        <Tray widget={widget} />
      ))}
      <div class="field">
        {files.show(({ Attach }) => (
          <Attach widget={widget} />
        ))}
        <textarea
          ref={fitHeight(draft)}
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
            if (event.key === "Enter" && !event.shiftKey && !composing) submit(event);
          }}
        />
        {soon.show(({ Marking }) => (
          <Marking widget={widget} />
        ))}
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
      {length >= COUNT_FROM && soon.show(({ Counter }) => <Counter left={left} widget={widget} />)}
    </form>
  );
}

/** A ref that is new with each drawing, and so runs after each: the field is as high as its text. */
function fitHeight(text: string) {
  return (field: HTMLTextAreaElement | null) => {
    if (!field) return;
    field.style.height = "";
    if (text) field.style.height = `${field.scrollHeight}px`;
  };
}
