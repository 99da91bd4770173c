/** The command palette and the list of shortcuts; their code comes with the first of them. */

import { lazy, Suspense } from "react";
import { show, usePalette } from "../commands/opening";
import { useCommandKeys } from "../commands/useCommandKeys";

const Palette = lazy(() => import("../commands/Palette"));
const Shortcuts = lazy(() => import("../commands/Shortcuts"));

/** `id`: the conversation on the screen. */
export function Commands({ id }: { id: string | null }) {
  useCommandKeys();
  const shown = usePalette((state) => state.shown);
  const close = () => show(null);
  return (
    <Suspense>
      {shown === "palette" && <Palette id={id} onClose={close} />}
      {shown === "shortcuts" && <Shortcuts onClose={close} />}
    </Suspense>
  );
}
