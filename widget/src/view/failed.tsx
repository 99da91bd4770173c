/** Under a text that the server refused: change it, or try again. */

import type { Entry } from "../outbox";
import { files } from "../part";
import { texts } from "../texts.soon";
import type { Widget } from "../widget";
import { AlertIcon } from "./icons";

interface Props {
  entry: Entry;
  widget: Widget;
}

export function Failed({ entry, widget }: Props) {
  const t = texts(widget.language);
  const takeBack = () => {
    const { attachments = [] } = entry;
    // Its bubble has asked for the part that shows files: nothing leaves the outbox before it is here.
    if (attachments.length && !files.module.value) return;
    files.module.value?.takeBack(widget, attachments);
    widget.takeBack(entry);
  };
  return (
    <div class="failed">
      <p>
        <AlertIcon /> {t("failed")}
        {entry.refusal === "forbidden" && `. ${t("refusedForbidden")}`}
      </p>
      <button type="button" data-testid="edit" onClick={takeBack}>
        {t("edit")}
      </button>
      <button
        type="button"
        data-testid="retry"
        onClick={() => widget.outbox.retry(entry.client_id)}
      >
        {t("retry")}
      </button>
    </div>
  );
}
