/** The whole widget: the launcher, the dialog, and the one place that speaks to screen readers. */

import { useEffect, useRef } from "preact/hooks";
import { Announcer } from "./announcer";
import { Dialog } from "./dialog";
import { Launcher } from "./launcher";
import type { Ui } from "./ui";

export function App({ widget, t }: Ui) {
  const launcher = useRef<HTMLButtonElement>(null);
  const open = widget.open.value;
  const was = useRef(open);

  useEffect(() => {
    if (was.current && !open) launcher.current?.focus();
    was.current = open;
  }, [open]);

  return (
    <div class="root" lang={widget.language}>
      {open && <Dialog widget={widget} t={t} />}
      <Launcher widget={widget} t={t} button={launcher} />
      <Announcer widget={widget} t={t} />
    </div>
  );
}
