/** The whole widget: the launcher, the dialog, and the one place that speaks to screen readers. */

import { soon } from "../part";
import { Announcer } from "./announcer";
import { Dialog } from "./dialog";
import { Launcher } from "./launcher";
import type { Ui } from "./ui";

export function App({ widget, t }: Ui) {
  if (widget.unwelcome.value) return null;
  return (
    <div class="root" lang={widget.language}>
      {widget.open.value && <Dialog widget={widget} t={t} />}
      <Launcher widget={widget} t={t} />
      <Announcer widget={widget} />
      {soon.show(({ Attending }) => (
        <Attending widget={widget} />
      ))}
    </div>
  );
}
