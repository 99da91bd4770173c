/** Nobody is there: the inbox says so, and a request can be left. What was talked about stays in sight. */

import type { ComponentChildren } from "preact";
import { signal } from "../signal";
import type { Widget } from "../widget";
import { RequestForm } from "./form";
import { texts } from "./texts";

/** Whether the form is shown where there is a conversation to go back to. */
const leaving = signal(false);

interface Props {
  widget: Widget;
  thread: ComponentChildren;
}

export function Absent({ widget, thread }: Props) {
  const words = texts(widget.language);
  const known = widget.conversation.current.value;
  if (known && !leaving.value) {
    return (
      <>
        {thread}
        <div class="absent">
          <p dir="auto">{widget.offline.value}</p>
          <button
            type="button"
            class="wide"
            data-testid="leave-request"
            onClick={() => {
              leaving.value = true;
            }}
          >
            {words("leave")}
          </button>
        </div>
      </>
    );
  }
  return (
    <RequestForm
      widget={widget}
      onBack={
        known
          ? () => {
              leaving.value = false;
            }
          : undefined
      }
      onLeft={() => {
        leaving.value = false;
      }}
    />
  );
}
