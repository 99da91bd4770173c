/** The button in the header for what is seldom wanted; what it opens comes with the first press. */

import { leaving } from "../part";
import { signal } from "../signal";
import { texts } from "../texts.soon";
import type { Widget } from "../widget";
import { MoreIcon } from "./icons.soon";

const shown = signal(false);

export function More({ widget }: { widget: Widget }) {
  const label = texts(widget.language)("more");
  let button: HTMLButtonElement | null = null;
  if (!widget.conversation.current.value) return null;
  return (
    <>
      <button
        ref={(element) => {
          button = element;
        }}
        type="button"
        class="icon-button"
        data-testid="menu"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={shown.value}
        onClick={() => {
          leaving.want();
          shown.value = !shown.value;
        }}
      >
        <MoreIcon />
      </button>
      {shown.value &&
        leaving.show(({ Menu }) => (
          <Menu
            widget={widget}
            onClose={() => {
              shown.value = false;
              button?.focus();
            }}
          />
        ))}
    </>
  );
}
